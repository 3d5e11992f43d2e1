#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Each slab and page allocation of a store fails once: no data is lost, and no entry or
# charge is leaked.
# LIMIT: 400
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
. /zmem/suites/faults/inject.sh
needs_thp
swap_disk
zswap_set max_pool_percent 60
zswap_on lz4
store_folios Y
# inject faults only into allocations below zswap_store()
faults_below zswap_store

mkdir $cg/t-nth
for kib in $(amount "4 64 2048" 64); do
	n=4
	[ $kib != 4 ] || n=64
	[ $kib != 2048 ] || n=1
	only_folios $kib
	rejected=$(($(zswap_stat reject_kmemcache_fail) + $(zswap_stat reject_alloc_fail)))
	sh -c "echo \$\$ > $cg/t-nth/cgroup.procs; exec znth -f $kib -n $n" > /tmp/out 2>&1 || fail "$kib KiB: $(tail -n 1 /tmp/out)"
	rejected=$(($(zswap_stat reject_kmemcache_fail) + $(zswap_stat reject_alloc_fail) - rejected))
	points=$(sed -n 's/^# points=\([0-9]*\) .*/\1/p' /tmp/out)
	echo "# $kib KiB: $(cat /tmp/out), $rejected stores rejected"
	expect_gt "$kib KiB: allocations that failed" "$points" 50
	expect_gt "$kib KiB: stores rejected for it" $rejected 20
done
run swapoff /dev/vda
expect_eq "entries left" "$(zswap_stat stored_pages)" 0
expect_eq "bytes charged to the group" "$(cat $cg/t-nth/memory.zswap.current)" 0
rmdir $cg/t-nth || fail "the group has charges left"
