#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Folios of each size are swapped out as a whole, to zswap if the kernel stores large
# folios there and to the disk if it does not. The counters of each size show it, and
# every byte is compared afterwards.
# LIMIT: 240
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
needs_thp
swap_disk
zswap_on lz4
zswap_set max_pool_percent 50
mib=$(amount 16 4)
for kib in 16 32 64 128 256 512 1024 2048; do
	[ -e $thp/hugepages-${kib}kB/enabled ] || fail "no folios of $kib KiB"
	only_folios $kib
	made=$(folio_stat $kib anon_fault_alloc) whole=$(($(folio_stat $kib swpout) + $(folio_stat $kib zswpout)))
	zstored=$(folio_stat $kib zswpout) split=$(folio_stat $kib swpout_fallback)
	run zpages -m "$mib" -f $kib -d text -p 90 > /tmp/out
	want=$((mib * 1024 / kib))
	made=$(($(folio_stat $kib anon_fault_alloc) - made))
	zstored=$(($(folio_stat $kib zswpout) - zstored))
	whole=$(($(folio_stat $kib swpout) + $(folio_stat $kib zswpout) - whole))
	split=$(($(folio_stat $kib swpout_fallback) - split))
	echo "$kib KiB: $made folios made, $whole out whole ($zstored of them into zswap), $split split"
	expect_ge "$kib KiB: folios made" $made $((want * 9 / 10))
	expect_ge "$kib KiB: folios swapped out whole" $whole $((made * 9 / 10))
done
