#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Data that does not compress: either refused and written to the disk or
# stored as it is, never changed.
. /zmem/lib.sh
swap_disk
zswap_set max_pool_percent 50
for c in lz4 zstd deflate; do
	zswap_on "$c"
	disk=$(vmstat pswpout) stored=$(vmstat zswpout)
	run zpages -m 12 -d random -p 90 > /tmp/out
	cat /tmp/out
	disk=$(($(vmstat pswpout) - disk)) stored=$(($(vmstat zswpout) - stored))
	echo "$c: $stored pages in zswap, $disk on the disk"
	expect_ge "$c: pages accounted" $((disk + stored)) 2700
done
run zpages -m 12 -d half -p 90
