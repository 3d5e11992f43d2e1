#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Large folios through zswap: one request per eight pages, each page compressed,
# verified and unchanged, also if some pages are incompressible.
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
	units=$(ix_stat compressed) asked=$(cat $calls) large=$(ix_stat no_space)
	run zpages -m $mib -f 64 -d $data -p 100 > /tmp/out
	units=$(($(ix_stat compressed) - units)) asked=$(($(cat $calls) - asked)) large=$(($(ix_stat no_space) - large))
	echo "# $data: $asked requests, $units pages compressed, $large incompressible: $(cat /tmp/out)"
	# on 6.12 an incompressible page makes zswap reject its folio, whose pages then come alone
	[ $data = mix ] && kernel_is 6.12 || expect_ge "$data: pages" $((units + large)) $((mib * 256))
	[ $data = mix ] && kernel_is 6.12 || expect_eq "$data: pages per request" $(((units + large) / asked)) 8
	zswap_empty
done
run rmmod zmem_calls
expect_gt "incompressible pages" $large 0
ix_no_errors
expect_eq "errors" "$(ix_stat errors)" 0
zswap_set compressor lzo
ix_unload
