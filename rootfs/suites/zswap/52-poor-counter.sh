#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# With writeback disabled for a cgroup, incompressible pages are rejected and counted as
# poor, not as compressor failures.
. /zmem/lib.sh
swap_disk
insmod /lib/zmem_fail.ko || fail "no test compressor"
zswap_set max_pool_percent 50
mkdir "$cg/t-poor"
echo 0 > "$cg/t-poor/memory.zswap.writeback"
for c in zmemfail $(compressors); do
	zswap_on $c
	# with raw=Y the compressor succeeds with a result of PAGE_SIZE, which 6.12 stores
	if [ $c = zmemfail ]; then
		! kernel_is 6.12 || continue
		echo Y > /sys/module/zmem_fail/parameters/raw
	fi
	poor=$(zswap_stat reject_compress_poor) failed=$(zswap_stat reject_compress_fail)
	(echo 0 > "$cg/t-poor/cgroup.procs"; exec zpages -m 4 -d random) || fail "zpages"
	poor=$(($(zswap_stat reject_compress_poor) - poor)) failed=$(($(zswap_stat reject_compress_fail) - failed))
	echo "$c: $poor poor, $failed failed"
	expect_gt "$c: pages counted as poor" $poor 500
	expect_eq "$c: pages counted as failures" $failed 0
done
zswap_on lz4
