#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Writeback picks an entry, and before it continues the page is freed and the swap slot
# is reused. zmem_delay delays writeback at this point, and the swap area is small so
# that slots are reused soon.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
mkswap /dev/vda 16384 > /dev/null && swapon /dev/vda || fail "no swap area"
for symbol in __read_swap_cache_async swap_cache_alloc_folio ''; do
	grep -q " $symbol\$" /proc/kallsyms && break
done
[ -n "$symbol" ] || fail "the function that writeback begins with has another name"
insmod /lib/zmem_delay.ko symbol=$symbol comm=reclaimer us=200000 sleep=1 || fail "no zmem_delay"
zswap_on lz4
zswap_set max_pool_percent 50
zswap_set shrinker_enabled Y
mkdir $cg/t-reuse
back=$(vmstat zswpwb)
(echo 0 > $cg/t-reuse/cgroup.procs; exec zpages -m 1 -d text -t "$(amount 25 10)") > /tmp/out &
load=$!
# by its name: a delayed fault of the load's own shell would keep it from becoming zpages
bg sh -c "echo reclaimer > /proc/self/comm; while :; do echo 64K > $cg/t-reuse/memory.reclaim; done" 2> /dev/null
wait $load
expect_eq "status of the load" $? 0
# one pass of the shrinker can take many delays
echo 0 > /sys/module/zmem_delay/parameters/us
bg_stop
cat /tmp/out
delays=$(cat /sys/module/zmem_delay/parameters/hits)
echo "# written back: $(($(vmstat zswpwb) - back)), $delays delays"
expect_gt "pages written back" $(($(vmstat zswpwb) - back)) "$(amount 3 1)"
expect_gt "delays" "$delays" "$(amount 10 4)"
run rmmod zmem_delay
for _ in $(seq 20); do rmdir $cg/t-reuse 2> /dev/null && break; sleep 0.1; done
