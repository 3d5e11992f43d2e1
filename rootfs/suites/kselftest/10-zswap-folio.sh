#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kselftest test_zswap_folio: large folios in zswap.
# LIMIT: 200
. /zmem/lib.sh
. /zmem/suites/kselftest/kst.sh
swap_disk
# 6.12 stores large folios only if it is told to
[ ! -e $zp/mthp_enabled ] || zswap_set mthp_enabled Y
kst test_zswap_folio
