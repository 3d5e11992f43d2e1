#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Folios of every size are stored in zswap as a whole: each folio and each page is
# counted once, no folio is split or written to the disk, and every byte is compared.
# LIMIT: 400
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
needs_thp
swap_disk
zswap_on lz4
zswap_set max_pool_percent 60
store_folios Y
[ -e $thp/hugepages-64kB/stats/zswpout ] || fail "this kernel does not count folios stored in zswap"

whole() { # whole KIB MIB ZPAGES-OPTIONS...
	kib=$1 mib=$2
	shift 2
	only_folios $kib
	folios=$(folio_stat $kib zswpout) split=$(($(folio_stat $kib swpout_fallback) + $(folio_stat $kib split)))
	disk=$(vmstat pswpout) pages=$(vmstat zswpout)
	run zpages -m "$mib" -f "$kib" -d text -p 100 "$@" > /tmp/out
	folios=$(($(folio_stat $kib zswpout) - folios)) pages=$(($(vmstat zswpout) - pages))
	split=$(($(folio_stat $kib swpout_fallback) + $(folio_stat $kib split) - split))
	echo "# $kib KiB $*: $folios folios stored, $pages pages, $split split"
	cat /tmp/out
	expect_ge "folios of $kib KiB stored ($*)" $folios $((mib * 1024 / kib))
	# after a fork, pages written by parent or child are swapped out as single pages
	expect_ge "pages stored ($*)" $pages $((folios * kib / 4))
	if [ $# = 0 ]; then
		expect_eq "folios of $kib KiB stored" $folios $((mib * 1024 / kib))
		expect_eq "pages stored" $pages $((mib * 256))
	fi
	expect_eq "folios split ($*)" $split 0
	expect_eq "pages on the disk ($*)" $(($(vmstat pswpout) - disk)) 0
	zswap_empty
}
whole 64 "$(amount 128 16)"
whole 16 "$(amount 64 8)"
whole 2048 "$(amount 64 16)"
whole 64 "$(amount 32 8)" -k fork

# with large folios disabled in zswap, they are written to the disk
if [ -e $zp/mthp_enabled ]; then
	store_folios N
	pages=$(vmstat zswpout) disk=$(folio_stat 64 swpout)
	run zpages -m 8 -f 64 -d text -p 100
	expect_eq "pages stored with large folios off" $(($(vmstat zswpout) - pages)) 0
	expect_eq "folios on the disk with large folios off" $(($(folio_stat 64 swpout) - disk)) 128
fi
