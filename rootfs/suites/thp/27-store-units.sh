#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# LZ4 compresses the pages of a folio as segments of one request: seven of eight pages
# are compressed without clearing the hash table. Each page can be decompressed on its
# own, also if its neighbours are equal, do not compress, or have changed.
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
needs_thp
kernel_is 6.12 || skip "no compressor in software of 7.3 gains by several pages at once"
swap_disk
zswap_on lz4
zswap_set max_pool_percent 60
store_folios Y
only_folios 64
insmod /lib/zmem_calls.ko symbol=LZ4_compress_segment || fail "LZ4 has no function for adjacent segments"
calls=/sys/module/zmem_calls/parameters/calls
for data in text same half mix; do
	pages=$(vmstat zswpout) units=$(cat $calls)
	run zpages -m "$(amount 32 12)" -f 64 -d $data -p 60 -j 2 > /tmp/out
	pages=$(($(vmstat zswpout) - pages)) units=$(($(cat $calls) - units))
	echo "# $data: $units of $pages pages beside another: $(cat /tmp/out)"
	# a page that does not compress keeps its whole folio out of zswap
	[ $data = mix ] || expect_ge "$data: of 1000 pages beside another" $((units * 1000 / pages)) 870
	zswap_empty
done
run rmmod zmem_calls
