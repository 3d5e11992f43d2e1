#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A request with CRYPTO_ACOMP_REQ_FAIL_FAST ends at the first incompressible page: no
# further pages are submitted than are in flight at that time, the others are canceled,
# and all pages that have a length decompress correctly.
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load
p=/sys/module/zmem_acomp/parameters
# pages_with NR...: 64 pages of text; those with these numbers are random
pages_with() {
	dd if=/bin/busybox of=/tmp/pages bs=4096 count=64 2> /dev/null
	for nr in "$@"; do
		dd if=/dev/urandom of=/tmp/pages bs=4096 count=1 seek="$nr" conv=notrunc 2> /dev/null
	done
}
# fast LEAST MOST ALGORITHM: number of 64 pages that are canceled
fast() {
	insmod_acomp alg="$3" batch=64 pages=64 file=/tmp/pages fail_fast=1
	canceled=$(cat $p/canceled) no_room=$(cat $p/no_room)
	run rmmod zmem_acomp
	echo "# $3: $canceled canceled, $no_room incompressible"
	expect_ge "$3: canceled" "$canceled" "$1"
	expect_le "$3: canceled" "$canceled" "$2"
}
for alg in deflate-iax deflate-iax-dynamic deflate-iax-canned; do
	most_busy=32
	[ $alg != deflate-iax-dynamic ] || most_busy=8
	pages_with
	fast 0 0 $alg
	pages_with 0
	fast $((64 - most_busy - 8)) 63 $alg
	pages_with 0 1 2 3
	fast $((64 - most_busy - 8)) 63 $alg
	pages_with 12 40
	fast 0 51 $alg
	pages_with 63
	fast 0 0 $alg
done
ix_no_errors
ix_unload
