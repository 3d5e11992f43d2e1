#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The compressor (on 6.12 also the allocator) is changed during swapping: every page is
# loaded through the pool that stored it, and unused pools are released.
# SHORT: 6.12
. /zmem/lib.sh
swap_disk
# an RCU callback, in softirq context, releases a pool that never had an entry
for c in zstd lzo lz4; do zswap_on "$c"; done
zswap_set max_pool_percent 50
before=$(vmstat zswpout)
zpages -m 24 -d mix -t "$(amount 10 5)" -j 2 > /tmp/out &
load=$!
switches=0
while kill -0 $load 2>/dev/null; do
	for c in zstd lzo lz4hc lz4 deflate lzo-rle; do
		zswap_on "$c"
		[ ! -e "$zp/zpool" ] || for p in $(pools); do zswap_set zpool "$p"; done
		switches=$((switches + 1))
	done
done
wait $load
rc=$?
cat /tmp/out
expect_eq "status of the load" $rc 0
expect_gt "switches of the compressor" $switches "$(amount 12 6)"
expect_gt "pages stored" $(($(vmstat zswpout) - before)) 2000
zswap_empty
