#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kselftest test_zswap_errors: compression errors of zswap.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/kselftest/kst.sh
swap_disk
kernel_is 6.12 || expects_error "^zswap: Decompression error from zswap "
kst test_zswap_errors
