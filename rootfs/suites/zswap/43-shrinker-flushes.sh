#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# zswap_shrinker_count() reads the statistics of the cgroup on each call.  It must not
# flush them each time, which takes most of the time of kswapd on large machines: the
# same reclaim must flush about as often with the shrinker as without it.
# SHORT: 6.12
. /zmem/lib.sh
swap_disk
zswap_on lz4
zswap_set max_pool_percent 50
groups=12
for n in $(seq $groups); do
	mkdir $cg/t-f$n
	rm -f /tmp/h$n /tmp/h$n.ready
	(echo 0 > $cg/t-f$n/cgroup.procs; exec zpages -m 2 -d text -H /tmp/h$n > /dev/null 2>&1) &
done
for n in $(seq $groups); do
	for _ in $(seq 300); do [ -e /tmp/h$n.ready ] && break; sleep 0.1; done
done
flushes() { # flushes Y|N: count flushes during reclaim with or without the shrinker
	zswap_set shrinker_enabled $1
	insmod /lib/zmem_calls.ko symbol=mem_cgroup_flush_stats || fail "no probe"
	for _ in 1 2 3; do echo 2M > $cg/memory.reclaim 2> /dev/null; done
	cat /sys/module/zmem_calls/parameters/calls
	run rmmod zmem_calls
}
counted() { # counted: count the calls of zswap_shrinker_count() during reclaim
	insmod /lib/zmem_calls.ko symbol=zswap_shrinker_count || fail "no probe"
	for _ in 1 2 3; do echo 2M > $cg/memory.reclaim 2> /dev/null; done
	cat /sys/module/zmem_calls/parameters/calls
	run rmmod zmem_calls
}
off=$(flushes N) on=$(flushes Y) asked=$(counted)
zswap_set shrinker_enabled N
echo "# flushes: $off without the shrinker, $on with it; it is asked $asked times"
for n in $(seq $groups); do : > /tmp/h$n; done
wait
for n in $(seq $groups); do rmdir $cg/t-f$n; done
expect_gt "times that the shrinker is asked" "$asked" 100
expect_le "flushes with the shrinker" "$on" $((off * 2 + 20))
