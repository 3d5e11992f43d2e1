#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Incompressible pages are counted in reject_compress_poor, not as compression errors, in
# each mode of iaa_crypto.
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
. /zmem/suites/accel/poor.sh
swap_disk
zswap_set max_pool_percent 50
mkdir "$cg/t-poor"
echo 0 > "$cg/t-poor/memory.zswap.writeback"
for mode in sync async_irq; do
	iaa_load $mode
	poor_pages deflate-iaa
	zswap_set compressor lzo
	zswap_empty
	iaa_unload
done
