#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages of every kind through zswap: the device compresses, verifies and decompresses
# each page unless it does not become smaller, and every byte is right.
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 2
ix_zswap
mib=$(amount 16 6)
for data in text mix half; do
	comp=$(ix_stat compressed) decomp=$(ix_stat decompressed)
	run zpages -m $mib -d $data -p 50 -j 2 > /tmp/out
	echo "# $data: $(cat /tmp/out)"
	expect_gt "$data: compressed" $(($(ix_stat compressed) - comp)) $((mib * 64))
	expect_gt "$data: decompressed" $(($(ix_stat decompressed) - decomp)) $((mib * 32))
done
zswap_empty
expect_eq "verified" "$(ix_stat verified)" "$(ix_stat compressed)"
expect_eq "verified and wrong" "$(ix_stat verified_wrong)" 0
expect_eq "errors" "$(ix_stat errors)" 0
expect_gt "compressed in queue 0" "$(ix_stat compressed wq0.0)" 0
expect_gt "compressed in queue 1" "$(ix_stat compressed wq0.1)" 0
grep ^all $ix
zswap_set compressor lzo
ix_unload
