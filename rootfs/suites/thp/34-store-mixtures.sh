#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Large folios of which zswap has written some pages back to the disk: swap-in with and
# without readahead, fork, shared memory and swapoff must return the right data. A short
# run uses folios of 64 KiB only.
# LIMIT: 300
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
needs_thp
zswap_on lz4
zswap_set max_pool_percent 60
store_folios Y
only_folios 16 64 2048
cluster=$(cat /proc/sys/vm/page-cluster)

# mixture FOLIO_KIB KIND HOW: swap KIND of memory out, write some of it back, and swap it
# in; HOW is read (by faults) or swapoff
mixture() {
	swap_disk
	rm -f /tmp/hold /tmp/hold.ready
	mkdir $cg/t-mix
	back=$(vmstat zswpwb)
	sh -c "echo \$\$ > $cg/t-mix/cgroup.procs; exec zpages -m 8 -f $1 -k $2 -d text -p 90 -H /tmp/hold" > /tmp/out 2>&1 &
	load=$!
	for _ in $(seq 300); do [ -e /tmp/hold.ready ] && break; sleep 0.1; done
	[ -e /tmp/hold.ready ] || fail "$1 KiB $2: $(cat /tmp/out)"
	stored=$(zswap_stat stored_pages)
	# write back about a third of the pages
	zswap_set shrinker_enabled Y
	for _ in $(seq 60); do
		echo 1M > $cg/t-mix/memory.reclaim 2> /dev/null
		cat $cg/t-mix/memory.stat > /dev/null
		[ $(($(vmstat zswpwb) - back)) -lt $((stored / 4)) ] || break
	done
	zswap_set shrinker_enabled N
	back=$(($(vmstat zswpwb) - back)) left=$(zswap_stat stored_pages)
	[ "$3" = read ] || run swapoff /dev/vda
	: > /tmp/hold
	wait $load || fail "$1 KiB $2, $3: $(tail -n 1 /tmp/out)"
	echo "# $1 KiB $2, $3: $stored stored, $back written back, $left left in zswap: $(tail -n 1 /tmp/out)"
	expect_gt "pages written back" $back 100
	expect_gt "pages left in zswap" "$left" 20
	[ "$3" != read ] || run swapoff /dev/vda
	expect_eq "entries after swapoff" "$(zswap_stat stored_pages)" 0
	rmdir $cg/t-mix
}
for kib in $(amount "16 64 2048" 64); do
	echo 0 > /proc/sys/vm/page-cluster
	mixture $kib anon read
	echo 3 > /proc/sys/vm/page-cluster
	mixture $kib anon read
	mixture $kib anon swapoff
	mixture $kib fork read
done
mixture 64 shmem read
mixture 64 shmem swapoff
echo "$cluster" > /proc/sys/vm/page-cluster
