#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Memory with known contents is swapped through every software compressor and every
# allocator; every byte is compared, and the counters show that zswap stored it.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/zswap/stores.sh
swap_disk
zswap_set max_pool_percent 50
n=0 mib=$(amount 8 4)
for p in $(pools); do
	[ ! -e "$zp/zpool" ] || zswap_set zpool "$p"
	for c in lzo lzo-rle lz4 lz4hc zstd deflate 842; do
		# zsmalloc with all compressors, other allocators with a fast and a
		# slow one
		case $p:$c in zsmalloc:* | *:lz4 | *:zstd) ;; *) continue ;; esac
		zswap_on "$c"
		zswap_stores "$p/$c" "$mib"
		n=$((n + 1))
	done
done
expect_ge "combinations of compressor and allocator" $n 7
