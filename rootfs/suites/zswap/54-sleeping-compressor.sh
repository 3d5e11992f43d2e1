#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A compressor allocates memory with GFP_KERNEL if the request may sleep.  This must not
# let reclaim swap pages out: the caller holds the mutex of the per-CPU compressor
# context, and storing a page would wait for it forever.  Pages are stored by kswapd,
# loaded by faults, and written back by the worker that shrinks the pool.  lockdep
# reports the cycle as well.
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/pressure.sh
swap_disk
insmod /lib/zmem_sleep.ko || fail "no test compressor"
sp=/sys/module/zmem_sleep/parameters
zswap_set max_pool_percent 50
zswap_on zmemsleep
mkdir $cg/t-sleep
# enough pages to exceed 1 % of memory when compressed to half their size
pages=$(awk '$1 == "MemTotal:" { print int($2 / 150) }' /proc/meminfo)
filled $cg/t-sleep -m $((pages / 192 + 8)) -d text
stored=$(cat $sp/compressed)
kswapd_swaps "$pages"
expect_gt "pages compressed" $(($(cat $sp/compressed) - stored)) 1000
# the next store finds the pool above its limit, and the worker writes pages back
back=$(vmstat zswpwb)
zswap_set accept_threshold_percent 0
zswap_set max_pool_percent 1
for _ in $(seq 100); do
	zpages -m 1 -d text > /tmp/more
	[ $(($(vmstat zswpwb) - back)) -lt 100 ] || break
	sleep 0.1
done
expect_ge "pages written back" $(($(vmstat zswpwb) - back)) 100
loaded=$(cat $sp/decompressed)
: > /tmp/filled
wait $pid
expect_eq "status of the load" $? 0
cat /tmp/out
expect_gt "pages decompressed by faults" $(($(cat $sp/decompressed) - loaded)) 500
echo "# $(cat $sp/may_sleep) of $(($(cat $sp/compressed) + $(cat $sp/decompressed))) requests may sleep"
expect_eq "requests whose allocations may swap pages out" "$(cat $sp/may_swap)" 0
zswap_on lz4
# kswapd has also swapped out pages of other processes
run swapoff /dev/vda
zswap_empty
for _ in $(seq 20); do rmmod zmem_sleep 2> /dev/null && break; sleep 0.1; done
rmdir $cg/t-sleep
