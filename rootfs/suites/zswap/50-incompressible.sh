#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Incompressible data is stored as is or rejected and written to the disk, and reads back
# unchanged.
# SHORT: 7.3
. /zmem/lib.sh
swap_disk
zswap_set max_pool_percent 50
mib=$(amount 12 5)
for c in lz4 zstd deflate; do
	zswap_on "$c"
	disk=$(vmstat pswpout) stored=$(vmstat zswpout)
	run zpages -m "$mib" -d random -p 90 > /tmp/out
	cat /tmp/out
	disk=$(($(vmstat pswpout) - disk)) stored=$(($(vmstat zswpout) - stored))
	echo "$c: $stored pages in zswap, $disk on the disk"
	expect_ge "$c: pages accounted" $((disk + stored)) $((mib * 225))
done
run zpages -m "$mib" -d half -p 90
