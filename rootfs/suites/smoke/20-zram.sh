#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Blocks written to zram are read back unchanged.
. /zmem/lib.sh
zram_on 32M lz4
run zio -m 16 -n 100 -j 2 /dev/zram0
expect_gt "bytes stored" "$(mm_stat 1)" 1000000
zram_off
