#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# zswap is disabled and enabled under load: stored pages stay readable, pages written
# while it is disabled go to the disk, and no stale copy is read.
# SHORT: 7.3
. /zmem/lib.sh
swap_disk
zswap_on lz4
zswap_set max_pool_percent 50
stored=$(vmstat zswpout) disk=$(vmstat pswpout)
zpages -m 24 -d mix -t "$(amount 8 4)" -j 2 > /tmp/out &
load=$!
toggles=0
while kill -0 $load 2>/dev/null; do
	zswap_set enabled N; sleep 0.1
	zswap_set enabled Y; sleep 0.1
	toggles=$((toggles + 1))
done
wait $load
rc=$?
cat /tmp/out
expect_eq "status of the load" $rc 0
expect_gt "toggles" $toggles 5
expect_gt "pages stored in zswap" $(($(vmstat zswpout) - stored)) 500
expect_gt "pages written to the disk" $(($(vmstat pswpout) - disk)) 500
