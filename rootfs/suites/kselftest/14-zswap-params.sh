#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kselftest test_zswap_params: parameters of zswap.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/kselftest/kst.sh
swap_disk
expects_error "^zswap: compressor .* not available"
kst test_zswap_params
