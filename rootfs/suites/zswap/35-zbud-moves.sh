#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Compaction migrates zbud pages while zswap stores, loads and writes back: at least 95 %
# of the attempts succeed (the others find a page in use), and every byte is compared.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
[ -e "$zp/zpool" ] || skip "this kernel has no zbud"
insmod /lib/zmem_calls.ko symbol=zbud_page_migrate || fail "pages of zbud cannot move"
swap_disk
zswap_set zpool zbud
zswap_on lz4
zswap_set max_pool_percent 20
zswap_set shrinker_enabled Y
mkdir $cg/t-moves
# Take most of the free memory with huge pages first, so that the pool lies in the part
# of memory from which compaction moves pages.
huge=/proc/sys/vm/nr_hugepages
free=$(awk '$1 == "MemFree:" { print int($2 / 1024) }' /proc/meminfo)
echo $(((free - $(amount 250 120)) / 2)) > $huge
echo "# $(cat $huge) huge pages of $free MiB"
echo "$(amount 64 20)M" > $cg/t-moves/memory.max
(echo 0 > $cg/t-moves/cgroup.procs; exec zpages -m "$(amount 160 32)" -d text -t "$(amount 20 5)" -j 2) > /tmp/out &
load=$!
sleep 2
echo 0 > $huge
while kill -0 $load 2> /dev/null; do
	echo 1 > /proc/sys/vm/compact_memory
	sleep 0.5
done
wait $load
expect_eq "status of the load" $? 0
cat /tmp/out
p=/sys/module/zmem_calls/parameters
calls=$(cat $p/calls) moved=$(cat $p/zeros)
echo "# $moved of $calls attempts moved a page"
expect_gt "pages moved" "$moved" "$(amount 500 10)"
# allow ten more failures, since a short run makes no more than a hundred attempts
expect_ge "of 1000 attempts, pages moved" $(((moved + 10) * 1000 / calls)) 950
run rmmod zmem_calls
for _ in $(seq 20); do rmdir $cg/t-moves 2> /dev/null && break; sleep 0.1; done
