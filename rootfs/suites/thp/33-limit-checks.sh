#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The check of memory.zswap.max flushes statistics once per folio, not for every few
# pages, and a folio that does not fit is refused before its pages are compressed.
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

# held ZPAGES-OPTIONS...: memory of the group that has been paged out
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

# the flush itself: 6.12 and 7.3 have different names for it
flush=css_rstat_flush
kernel_is 7.3 || flush=cgroup_rstat_flush
mkdir $group
echo 1G > $group/memory.zswap.max
for kib in 2048 64; do
	only_folios $kib
	insmod /lib/zmem_calls.ko symbol=$flush || fail "no probe of $flush"
	held -m 32 -f $kib -d text
	flushes=$(cat $calls)
	rmmod zmem_calls
	folios=$((32 * 1024 / kib)) stored=$(($(mem_event t-checks zswapped) / 4096))
	freed
	echo "# $stored pages in $folios folios of $kib KiB: $flushes flushes"
	# MADV_PAGEOUT leaves a folio in the swap cache that the LRU has not got yet
	expect_ge "pages stored" $stored $((32 * 256 * 99 / 100))
	# besides one per folio, those of reclaim and of the periodic flush
	expect_le "flushes for $folios folios of $kib KiB" "$flushes" $((folios + folios / 2 + 16))
	expect_ge "flushes for $folios folios of $kib KiB" "$flushes" "$folios"
done

# a folio takes about 1.4 MiB: two fit in 4 MiB, none in 1 MiB
only_folios 2048
echo 0 > $group/memory.zswap.writeback
for max in 4 1; do
	echo ${max}M > $group/memory.zswap.max
	insmod /lib/zmem_calls.ko symbol=lzorle_scompress || fail "no probe of lzorle_scompress"
	held -m 16 -f 2048 -d half
	once=$(cat $calls)
	# the pages that zpages runs with would be stored and loaded all the time
	echo 1 > $group/cgroup.freeze
	# shellcheck disable=SC2034,SC2046  # the numbers are words
	for pass in $(amount "1 2 3" 1); do timeout 10 sh -c "echo 4M > $group/memory.reclaim" 2> /dev/null; done
	echo 0 > $group/cgroup.freeze
	again=$(cat $calls)
	rmmod zmem_calls
	stored=$(($(mem_event t-checks zswapped) / 4096)) bytes=$(cat $group/memory.zswap.current)
	refaults=$(mem_event t-checks swapcached)
	freed
	echo "# limit of $max MiB: $stored pages stored in $bytes bytes, $((refaults / 4096)) left in the swap cache; $once compressions, $((again - once)) in $(amount 3 1) more passes"
	if [ $max = 4 ]; then
		expect_ge "pages stored" $stored 1024
		# zpages has some small ones of its own
		expect_le "pages of a folio that is not stored whole" $((stored % 512)) 64
		expect_le "bytes stored" "$bytes" $((max << 20))
		expect_gt "bytes with another folio" $((bytes + bytes / stored * 512)) $((max << 20))
		# none for a folio that does not fit
		expect_le "compressions" "$again" $((stored + 64))
	else
		expect_le "pages stored" $stored 64
		# with nothing stored, a folio is refused after its first eight pages
		expect_le "compressions of the first pass" "$once" $((8 * 8))
	fi
done
rmdir $group
