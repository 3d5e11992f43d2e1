#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A page that stays in the swap cache can be stored twice in the same slot.  If the
# second store is refused (zswap is off, or the data does not compress), the entry of
# the first store must be removed, or the next swap-in reads old data.  zstale counts
# the pages that were in memory and in zswap at the same time, and the kernel counts
# those read from the disk, so the test fails if the case did not occur.
# SHORT: 6.12
. /zmem/lib.sh
swap_disk
echo 0 > /proc/sys/vm/page-cluster	# no neighbour of a fault is swapped in
mkdir "$cg/t-stale"
zswap_on zstd
zswap_set max_pool_percent 50
before=$(vmstat pswpin)
(echo 0 > "$cg/t-stale/cgroup.procs"; exec zstale -m "$(amount 4 2)" -n 4 -j 1 -p "$zp/enabled" -s "$zd/stored_pages" \
	-r "$cg/t-stale/memory.reclaim") || fail "zstale ended with status $?"
# two of the four rounds store 1024 pages (512 in a short run) with zswap off, and half of
# these are read again
expect_gt "pages read from the disk" $(($(vmstat pswpin) - before)) "$(amount 800 400)"
