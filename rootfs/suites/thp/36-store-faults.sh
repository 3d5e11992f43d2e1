#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Each allocation that a store makes fails once, by slab and by page: nothing is
# lost, and nothing stays behind, neither an entry nor a charge.
# LIMIT: 400
. /zmem/lib.sh
thp=/sys/kernel/mm/transparent_hugepage
[ -e $thp ] || skip "PREEMPT_RT has no THP"
swap_disk
zswap_set max_pool_percent 60
zswap_on lz4
[ ! -e $zp/mthp_enabled ] || zswap_set mthp_enabled Y
# the range of zswap_store(), which is on the stack of all that it calls
# shellcheck disable=SC2046  # words on purpose
set -- $(sort /proc/kallsyms | awk 'found { print $1; exit } $3 == "zswap_store" { print $1; found = 1 }')
expect_eq "addresses of zswap_store" $# 2
for inject in /sys/kernel/debug/failslab /sys/kernel/debug/fail_page_alloc; do
	{
		echo "0x$1" > $inject/require-start
		echo "0x$2" > $inject/require-end
		echo N > $inject/ignore-gfp-wait
		echo 0 > $inject/verbose
	} || fail "fault injection cannot be set up"
done
echo N > /sys/kernel/debug/fail_page_alloc/ignore-gfp-highmem
echo 0 > /sys/kernel/debug/fail_page_alloc/min-order

mkdir $cg/t-nth
for kib in 4 64 2048; do
	n=4
	[ $kib != 4 ] || n=64
	[ $kib != 2048 ] || n=1
	for f in "$thp"/hugepages-*/enabled; do echo never > "$f"; done
	[ $kib = 4 ] || echo madvise > $thp/hugepages-${kib}kB/enabled
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
