#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Cgroups are created and removed while their pages are in zswap and are written back.
# LIMIT: 200
# SHORT: 7.3
. /zmem/lib.sh
swap_disk
zswap_on lz4
zswap_set max_pool_percent 1
zswap_set shrinker_enabled Y
bg zpages -m 20 -d text -t 3600 > /tmp/out.bg
i=0
while [ $i -lt "$(amount 6 2)" ]; do
	d=$cg/t-churn$i
	mkdir "$d"
	echo "$(amount 12 6)M" > "$d/memory.max"
	echo 2M > "$d/memory.zswap.max"
	(echo 0 > "$d/cgroup.procs"; exec zpages -m "$(amount 18 8)" -d mix -n 1 -s $i) > /tmp/out.$i || fail "group $i: $(cat /tmp/out.$i)"
	expect_gt "pages of group $i stored" "$(mem_event t-churn$i zswpout)" 100
	rmdir "$d" || fail "group $i stays busy"
	i=$((i + 1))
done
kill -0 $jobs_pids || fail "the load beside the groups has ended: $(cat /tmp/out.bg)"
bg_stop
! grep -h WRONG /tmp/out.bg || fail "wrong data beside the groups"
