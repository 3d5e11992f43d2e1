#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Large folios through zswap: one request per eight pages, each page compressed,
# verified and right, also if some pages do not become smaller.
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
. /zmem/suites/thp/folios.sh
needs_thp
ix_load 2
ix_zswap
store_folios Y
only_folios 64
insmod /lib/zmem_calls.ko symbol=iax_compress || fail "no zmem_calls"
mib=$(amount 64 8)
calls=/sys/module/zmem_calls/parameters/calls
for data in text mix; do
	units=$(ix_stat compressed) asked=$(cat $calls) large=$(ix_stat no_room)
	run zpages -m $mib -f 64 -d $data -p 100 > /tmp/out
	units=$(($(ix_stat compressed) - units)) asked=$(($(cat $calls) - asked)) large=$(($(ix_stat no_room) - large))
	echo "# $data: $asked requests, $units pages compressed, $large too large: $(cat /tmp/out)"
	# on 6.12 a page that does not become smaller keeps its folio out
	[ $data = mix ] && kernel_is 6.12 || expect_ge "$data: pages" $((units + large)) $((mib * 256))
	expect_eq "$data: pages per request" $(((units + large) / asked)) 8
	zswap_empty
done
rmmod zmem_calls
expect_gt "pages that do not become smaller" $large 0
ix_no_errors
expect_eq "errors" "$(ix_stat errors)" 0
zswap_set compressor lzo
ix_unload
