#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The check of memory.zswap.max flushes the statistics once per folio, not for every
# batch of pages, and a folio that does not fit is refused before its pages are
# compressed.
# LIMIT: 240
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
needs_thp
swap_disk
zswap_on lzo-rle
zswap_set max_pool_percent 50
store_folios Y
calls=/sys/module/zmem_calls/parameters/calls
group=$cg/t-checks

# held ZPAGES-OPTIONS...: start zpages in the group; return when its memory is paged out
held() {
	rm -f /tmp/hold /tmp/hold.ready
	sh -c 'echo 0 > "$0/cgroup.procs"; exec zpages -H /tmp/hold "$@"' $group "$@" > /tmp/out 2>&1 &
	load=$!
	for _ in $(seq 600); do [ -e /tmp/hold.ready ] && break; sleep 0.1; done
	[ -e /tmp/hold.ready ] || fail "$(cat /tmp/out)"
}
freed() {
	: > /tmp/hold
	wait $load || fail "$(cat /tmp/out)"
	echo "# $(cat /tmp/out)"
	zswap_empty
}

# the function that flushes has different names on 6.12 and 7.3
flush=css_rstat_flush
kernel_is 7.3 || flush=cgroup_rstat_flush
mkdir $group
echo 1G > $group/memory.zswap.max
for kib in 2048 64; do
	only_folios $kib
	insmod /lib/zmem_calls.ko symbol=$flush || fail "no probe of $flush"
	held -m 32 -f $kib -d text
	flushes=$(cat $calls)
	run rmmod zmem_calls
	folios=$((32 * 1024 / kib)) stored=$(($(mem_event t-checks zswapped) / 4096))
	freed
	echo "# $stored pages in $folios folios of $kib KiB: $flushes flushes"
	# MADV_PAGEOUT skips a folio that is still in a per-CPU batch for the LRU
	expect_ge "pages stored" $stored $((32 * 256 * 99 / 100))
	# one flush per folio, and some more by reclaim and by the periodic worker
	expect_le "flushes for $folios folios of $kib KiB" "$flushes" $((folios + folios / 2 + 16))
	expect_ge "flushes for $folios folios of $kib KiB" "$flushes" "$folios"
done

# a compressed folio takes about 1.4 MiB: two fit into 4 MiB, none into 1 MiB
only_folios 2048
echo 0 > $group/memory.zswap.writeback
for max in 4 1; do
	echo ${max}M > $group/memory.zswap.max
	insmod /lib/zmem_calls.ko symbol=lzorle_scompress || fail "no probe of lzorle_scompress"
	held -m 16 -f 2048 -d half
	once=$(cat $calls)
	# freeze zpages, or its own pages would be stored and loaded again and again
	echo 1 > $group/cgroup.freeze
	# shellcheck disable=SC2034,SC2046  # the numbers are words
	for pass in $(amount "1 2 3" 1); do timeout 10 sh -c "echo 4M > $group/memory.reclaim" 2> /dev/null; done
	echo 0 > $group/cgroup.freeze
	again=$(cat $calls)
	run rmmod zmem_calls
	stored=$(($(mem_event t-checks zswapped) / 4096)) bytes=$(cat $group/memory.zswap.current)
	refaults=$(mem_event t-checks swapcached)
	freed
	echo "# limit of $max MiB: $stored pages stored in $bytes bytes, $((refaults / 4096)) left in the swap cache; $once compressions, $((again - once)) in $(amount 3 1) more passes"
	if [ $max = 4 ]; then
		expect_ge "pages stored" $stored 1024
		# zpages has some small folios of its own
		expect_le "pages of a folio that is not stored whole" $((stored % 512)) 64
		expect_le "bytes stored" "$bytes" $((max << 20))
		expect_gt "bytes with another folio" $((bytes + bytes / stored * 512)) $((max << 20))
		# a folio that does not fit is not compressed
		expect_le "compressions" "$again" $((stored + 64))
	else
		expect_le "pages stored" $stored 64
		# as long as nothing is stored, a folio is refused after its first batch of eight
		expect_le "compressions of the first pass" "$once" $((8 * 8))
	fi
done
rmdir $group
