#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Compaction of a fragmented pool under load frees pages.
# SHORT: 6.12
. /zmem/lib.sh
zram_on 128M lz4
run zio -m 64 -n "$(amount 600 400)" -D -r 5 /dev/zram0
# free three of four pages in every second MiB
i=0
while [ $i -lt 64 ]; do
	blkdiscard -o $((i * 1048576)) -l $((768 * 1024)) /dev/zram0 || fail "blkdiscard"
	i=$((i + 2))
done
zio -m 16 -t 4 -j 2 /dev/zram0 > /tmp/out &
load=$!
while kill -0 $load 2> /dev/null; do echo 1 > $z0/compact; done
wait $load
expect_eq "status of the load" $? 0
cat /tmp/out
expect_gt "pages compacted" "$(mm_stat 7)" 0
zram_off
