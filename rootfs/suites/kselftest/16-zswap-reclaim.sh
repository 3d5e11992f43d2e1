#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kselftest test_zswap_reclaim: reclaim of pages that were read ahead.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/kselftest/kst.sh
swap_disk
kst test_zswap_reclaim
