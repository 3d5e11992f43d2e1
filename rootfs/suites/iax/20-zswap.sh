#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages of different contents through zswap: the device compresses, verifies and
# decompresses every page that becomes smaller, and no byte changes.
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
expect_eq "verification errors" "$(ix_stat verify_errors)" 0
expect_eq "errors" "$(ix_stat errors)" 0
expect_gt "compressed by wq0.0" "$(ix_stat compressed wq0.0)" 0
expect_gt "compressed by wq0.1" "$(ix_stat compressed wq0.1)" 0
grep ^all $ix
zswap_set compressor lzo
ix_unload
