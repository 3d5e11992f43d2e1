#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# memory.zswap.max is respected, pages that do not fit go to the disk, and the charge
# returns to zero when the cgroup's pages are freed.
# SHORT: 6.12
. /zmem/lib.sh
swap_disk
zswap_on lz4
zswap_set max_pool_percent 50
mkdir "$cg/t-max"
echo 4M > "$cg/t-max/memory.zswap.max"
rm -f /tmp/go /tmp/go.ready
(echo 0 > "$cg/t-max/cgroup.procs"; exec zpages -m 32 -d text -H /tmp/go) > /tmp/out &
load=$!
while [ ! -e /tmp/go.ready ]; do kill -0 $load || fail "load ended: $(cat /tmp/out)"; sleep 0.1; done
now=$(cat "$cg/t-max/memory.zswap.current")
: > /tmp/go
wait $load
expect_eq "status of the load" $? 0
cat /tmp/out
echo "memory.zswap.current was $now"
expect_gt "zswap.current while full" "$now" 3000000
# the limit is checked before a page is stored, so one page may exceed it
expect_le "zswap.current while full" "$now" $((4 * 1048576 + 4096))
sleep 0.5
expect_eq "zswap.current afterwards" "$(cat "$cg/t-max/memory.zswap.current")" 0
expect_gt "pages of the group stored" "$(mem_event t-max zswpout)" 500
