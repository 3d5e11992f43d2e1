#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# CPUs go offline and online while they compress pages.
# LIMIT: 200
# SHORT: 7.3
. /zmem/lib.sh
cpu=/sys/devices/system/cpu/cpu1/online
[ -e $cpu ] || fail "this test needs SMP=2 or more"
swap_disk
zswap_set max_pool_percent 50
zswap_on zstd
before=$(vmstat zswpout)
zpages -m 24 -d mix -t "$(amount 10 5)" -j 3 > /tmp/out &
load=$!
n=0
while kill -0 $load 2>/dev/null; do
	[ $((n % 4)) != 0 ] || zswap_on lz4
	[ $((n % 4)) != 2 ] || zswap_on zstd
	echo 0 > $cpu && echo 1 > $cpu && n=$((n + 1))
done
wait $load
expect_eq "status of the load" $? 0
cat /tmp/out
expect_gt "times the processor went" $n 3
expect_gt "pages stored" $(($(vmstat zswpout) - before)) 1000
