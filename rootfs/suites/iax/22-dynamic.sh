#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# deflate-iax-dynamic: pages become smaller than with the fixed Huffman tables, each is
# compressed in two passes and verified, and no byte changes.
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 2
swap_disk

stored() { # stored ALGORITHM DATA: sets comp, jobs and out, bytes
	zswap_on "$1"
	comp=$(ix_stat compressed) jobs=$(iax_stat compress-jobs) out=$(ix_stat compressed_bytes_out)
	run zpages -m "$mib" -d "$2" -p 90 -j 2 > /tmp/out
	zswap_empty
	comp=$(($(ix_stat compressed) - comp)) jobs=$(($(iax_stat compress-jobs) - jobs))
	out=$(($(ix_stat compressed_bytes_out) - out))
	echo "# $1, $2: $comp pages to $((out / (comp + !comp))) bytes each, $jobs jobs"
	expect_gt "$2: pages compressed" "$comp" $((mib * 94))
}
mib=$(amount 16 5)
for data in text half; do
	stored deflate-iax $data
	fixed=$((out / comp))
	expect_eq "passes of 1000 pages" $((jobs * 1000 / comp)) 1000
	stored deflate-iax-dynamic $data
	expect_ge "passes of 1000 pages" $((jobs * 1000 / comp)) 2000
	expect_gt "$data: bytes with fixed tables" "$fixed" $((out / comp * 103 / 100))
done
expect_eq "verified" "$(ix_stat verified)" "$(ix_stat compressed)"
ix_no_errors
expect_eq "errors" "$(ix_stat errors)" 0
zswap_set compressor lzo
ix_unload
