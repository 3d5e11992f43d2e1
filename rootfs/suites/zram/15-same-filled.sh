#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Zero-filled and pattern-filled pages are counted and use no memory.
. /zmem/lib.sh
zram_on 32M lz4
dd if=/dev/zero of=/dev/zram0 bs=1M count=16 oflag=direct 2> /dev/null || fail "dd"
expect_eq "same pages" "$(mm_stat 6)" 4096
expect_eq "compressed bytes" "$(mm_stat 2)" 0
run zio -m 32 -n 200 -r 0 /dev/zram0
zram_off
