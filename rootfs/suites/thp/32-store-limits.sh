#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Storing large folios exceeds the limit of the cgroup or of the pool by at most eight
# pages.
# LIMIT: 300
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
needs_thp
swap_disk
zswap_on lz4
store_folios Y
only_folios 2048

# most FILE COMMAND...: run COMMAND and set max to the largest value of FILE meanwhile
most() {
	file=$1 max=0
	shift
	"$@" > /tmp/out 2>&1 &
	load=$!
	while kill -0 $load 2> /dev/null; do
		now=$(cat "$file")
		[ "$now" -le $max ] || max=$now
	done
	wait $load || fail "$*: $(tail -n 1 /tmp/out)"
}

mkdir $cg/t-lim
bytes=$((4 << 20))
echo $bytes > $cg/t-lim/memory.zswap.max
zswap_set max_pool_percent 60
stored=$(vmstat zswpout)
most $cg/t-lim/memory.zswap.current sh -c "echo \$\$ > $cg/t-lim/cgroup.procs; exec zpages -m 32 -f 2048 -d half -n $(amount 4 1)"
echo "# memory.zswap.max $bytes: at most $max, $(($(vmstat zswpout) - stored)) pages in folios stored whole"
expect_le "bytes of the group in zswap" $max $((bytes + 8 * 4096))
expect_gt "bytes of the group in zswap" $max $((bytes / 4))
zswap_empty
rmdir $cg/t-lim

# a pool of 1 % of memory; it grows by whole zspages of up to eight pages
zswap_set max_pool_percent 1
limit=$(($(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo) * 1024 / 100))
hits=$(zswap_stat pool_limit_hit)
most $zd/pool_total_size zpages -m "$(amount 96 64)" -f 2048 -d half -n "$(amount 2 1)"
echo "# pool limit $limit: at most $max"
expect_le "bytes in the pool" $max $((limit + 4096 + (8 + 8) * 4096))
expect_gt "bytes in the pool" $max $((limit * 9 / 10))
expect_gt "hits of the limit" $(($(zswap_stat pool_limit_hit) - hits)) 0
