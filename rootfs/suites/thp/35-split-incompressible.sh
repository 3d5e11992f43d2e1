#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Large folios with one incompressible page in eight: about as many of their pages are
# stored in zswap, and about as few are written to the disk, as of the same memory in
# single pages, with and without memory.zswap.writeback. Pages are compressed at most
# once more, and every byte is compared. Without writeback, folios stay whole if a limit
# allows none of their pages to be stored.
# LIMIT: 300
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
needs_thp
swap_disk
# one call of lzorle_scompress() per page on both bases
zswap_on lzo-rle
zswap_set max_pool_percent 50
store_folios Y
insmod /lib/zmem_calls.ko symbol=lzorle_scompress || fail "no probe of lzorle_scompress"
calls=/sys/module/zmem_calls/parameters/calls
mib=$(amount 32 16) zmax=max
refused() { echo $(($(zswap_stat reject_compress_poor) + $(zswap_stat reject_compress_fail))); }

# out WRITEBACK FOLIO_KIB ZPAGES-OPTIONS...: page out the memory of a group, whose
# memory.zswap.max is $zmax. Sets stored, disk and cached (in pages), tried (number of
# compressions) and fallback (number of folios split).
out() {
	group=$cg/t-split writeback=$1 kib=$2
	shift 2
	only_folios $kib
	# shared memory uses a folio size only if it is enabled for it; without
	# shmem_enabled there are only single pages
	for f in $thp/hugepages-*/shmem_enabled; do [ ! -e "$f" ] || echo never > "$f"; done
	[ $kib = 4 ] || [ ! -e $thp/hugepages-${kib}kB/shmem_enabled ] || echo always > $thp/hugepages-${kib}kB/shmem_enabled
	mkdir $group
	echo "$writeback" > $group/memory.zswap.writeback
	echo "$zmax" > $group/memory.zswap.max
	rm -f /tmp/hold /tmp/hold.ready
	disk=$(vmstat pswpout) tried=$(cat $calls) fallback=$(folio_stat $kib swpout_fallback) bad=$(refused)
	sh -c 'echo 0 > "$0/cgroup.procs"; exec zpages -m "$@"' $group "$mib" -f $kib -H /tmp/hold "$@" > /tmp/out 2>&1 &
	load=$!
	for _ in $(seq 600); do [ -e /tmp/hold.ready ] && break; sleep 0.1; done
	[ -e /tmp/hold.ready ] || fail "$(cat /tmp/out)"
	stored=$(($(mem_event t-split zswapped) / 4096)) disk=$(($(vmstat pswpout) - disk))
	tried=$(($(cat $calls) - tried)) fallback=$(($(folio_stat $kib swpout_fallback) - fallback))
	bad=$(($(refused) - bad)) cached=$(($(mem_event t-split swapcached) / 4096))
	echo "# $* in folios of $kib KiB, writeback $writeback: of $((mib * 256)) pages $stored stored, $disk on the disk, $cached in the swap cache; $tried compressions, $bad refused, $fallback folios split"
	# reclaim again: the pages that could not be stored must not keep it busy
	echo "${mib}M" > $group/memory.reclaim 2> /dev/null
	: > /tmp/hold
	wait $load || fail "$kib KiB $*: $(cat /tmp/out)"
	rmdir $group
	zswap_empty
}

for writeback in 0 1; do
	out $writeback 4 -d mix
	stored4=$stored disk4=$disk tried4=$tried
	expect_gt "pages stored of single pages" "$stored4" $((mib * 256 / 2))
	for kib in 64 2048; do
		out $writeback $kib -d mix
		expect_ge "pages stored of folios of $kib KiB, writeback $writeback" "$stored" $((stored4 * 95 / 100))
		expect_le "pages on the disk of folios of $kib KiB, writeback $writeback" "$disk" $((disk4 + mib * 256 / 50))
		# A folio is compressed up to its first incompressible page, at most eight
		# pages, before it is split. Pages of zeroes in a folio that is not split
		# are compressed as well.
		expect_le "compressions for folios of $kib KiB, writeback $writeback" "$tried" $((tried4 + mib * 256 / 8 + mib * 1024 / kib * 8))
	done
done

# if no page compresses, the folios are split once, and no page is lost
mib=8
out 0 2048 -d random
expect_eq "incompressible pages stored without writeback" "$stored" 0
expect_eq "incompressible pages on the disk without writeback" "$disk" 0

# whole LIMIT: with LIMIT no page can be stored, so the folios stay in the swap cache
whole() {
	out 0 64 -d mix
	expect_eq "folios split with $1" "$fallback" 0
	expect_eq "pages stored with $1" "$stored" 0
	expect_eq "pages on the disk with $1" "$disk" 0
	expect_ge "pages in the swap cache with $1" "$cached" $((mib * 256 * 95 / 100))
}
for store in Y N; do
	# 7.3 always stores large folios
	[ $store = Y ] || [ -e $zp/mthp_enabled ] || continue
	store_folios $store
	out 0 64 -d mix
	expect_gt "folios split without a limit" "$fallback" 0
	zmax=0
	whole "memory.zswap.max 0, large folios $store"
	zmax=max
	zswap_set max_pool_percent 0
	whole "max_pool_percent 0, large folios $store"
	zswap_set max_pool_percent 50
done
store_folios Y

if kernel_is 7.3; then
	mib=16
	out 0 4 -d mix -k shmem
	stored4=$stored
	out 0 64 -d mix -k shmem
	expect_gt "folios of shared memory split" "$fallback" 0
	expect_ge "pages stored of shared memory in folios of 64 KiB" "$stored" $((stored4 * 95 / 100))

	# an error of the compressor is no reason to split a folio
	mib=8
	insmod /lib/zmem_fail.ko || fail "no test compressor"
	zswap_on zmemfail
	echo 4 > /sys/module/zmem_fail/parameters/fail_every
	out 0 64 -d text
	echo 0 > /sys/module/zmem_fail/parameters/fail_every
	zswap_on lzo-rle
	expect_eq "folios split because of compressor errors" "$fallback" 0
	expect_le "pages stored of folios with compressor errors" "$stored" $((mib * 256 / 20))
	expect_gt "pages refused because of compressor errors" "$bad" 0
fi
run rmmod zmem_calls
