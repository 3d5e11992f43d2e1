#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# CPUs go offline and online while they compress pages.
# SHORT: 6.12
. /zmem/lib.sh
cpu=/sys/devices/system/cpu/cpu1/online
[ -e $cpu ] || fail "this test needs SMP=2 or more"
zram_on 64M zstd
zio -m 32 -t "$(amount 8 4)" -j 3 /dev/zram0 > /tmp/out &
load=$!
n=0
while kill -0 $load 2> /dev/null; do
	echo 0 > $cpu && echo 1 > $cpu && n=$((n + 1))
done
wait $load
expect_eq "status of the load" $? 0
cat /tmp/out
expect_gt "times the processor went" $n 3
zram_off
