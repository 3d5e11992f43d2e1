#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# swapoff brings every page back while the owners read and write them.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
zswap_on lz4
zswap_set max_pool_percent 50
before=$(vmstat zswpout)
zpages -m 32 -d mix -t "$(amount 12 6)" -j 2 > /tmp/out &
load=$!
n=0
while kill -0 $load 2>/dev/null; do
	swap_disk || fail "swapon"
	sleep 0.7
	run swapoff /dev/vda
	expect_eq "pages in zswap after swapoff" "$(zswap_stat stored_pages)" 0
	n=$((n + 1))
done
wait $load
expect_eq "status of the load" $? 0
cat /tmp/out
expect_gt "rounds of swapon and swapoff" $n 2
expect_gt "pages stored" $(($(vmstat zswpout) - before)) 1000
