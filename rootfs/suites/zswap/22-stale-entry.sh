#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A page that stays in the swap cache can be stored twice at one place.  When
# the second store is refused (zswap off, or data that does not compress), the
# copy of the first must be gone, or the next swap-in reads old data.  Readers
# that fault while a page is being compressed keep it in the swap cache;
# zstale counts them, so that the test cannot pass without the case.
. /zmem/lib.sh
swap_disk
zswap_on zstd
zswap_set max_pool_percent 50
run zstale -m 4 -n 4 -j 1 -p "$zp/enabled"
