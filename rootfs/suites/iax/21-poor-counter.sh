#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages that do not compress are counted as poor, not as errors of the compressor.
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
. /zmem/suites/accel/poor.sh
ix_load
ix_zswap
zswap_set max_pool_percent 50
mkdir "$cg/t-poor"
echo 0 > "$cg/t-poor/memory.zswap.writeback"
for alg in deflate-iax deflate-iax-dynamic deflate-iax-canned; do
	no_room=$(ix_stat no_room)
	poor_pages $alg
	expect_gt "$alg: pages that the device found too large" $(($(ix_stat no_room) - no_room)) 500
done
zswap_set compressor lzo
zswap_empty
ix_unload
