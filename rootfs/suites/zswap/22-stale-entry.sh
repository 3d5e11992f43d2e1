#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A page that stays in the swap cache can be stored twice at one place.  When
# the second store is refused (zswap off, or data that does not compress), the
# copy of the first must be gone, or the next swap-in reads old data.  zstale
# counts the pages that were in memory and in zswap at once, and the kernel
# those that came back from the disk: the test cannot pass without the case.
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
# two of the four rounds store with zswap off: of 1024 pages (512), half of which are read again
expect_gt "pages read from the disk" $(($(vmstat pswpin) - before)) "$(amount 800 400)"
