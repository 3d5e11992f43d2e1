#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Incompressible pages are counted in reject_compress_poor, not as compression errors.
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
. /zmem/suites/accel/poor.sh
ix_load
ix_zswap
zswap_set max_pool_percent 50
mkdir "$cg/t-poor"
echo 0 > "$cg/t-poor/memory.zswap.writeback"
for alg in deflate-iax deflate-iax-dynamic deflate-iax-canned; do
	no_room=$(ix_stat no_space)
	poor_pages $alg
	expect_gt "$alg: incompressible pages" $(($(ix_stat no_space) - no_room)) 500
done
zswap_set compressor lzo
zswap_empty
ix_unload
