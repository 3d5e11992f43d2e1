#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages go out to every allocator of zswap and come back as they were.
. /zmem/lib.sh
swap_disk
zswap_set max_pool_percent 50
for p in $(pools); do
	[ ! -e "$zp/zpool" ] || zswap_set zpool "$p"
	zswap_on lz4
	before=$(vmstat zswpout)
	run zpages -m 4 -d mix -p 90 -j 2
	expect_ge "$p: pages stored in zswap" $(($(vmstat zswpout) - before)) 624
	zswap_empty
done
