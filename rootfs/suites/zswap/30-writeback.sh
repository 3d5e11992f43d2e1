#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# With the smallest pool limit and the shrinker enabled, pages are written back while
# others are stored, loaded and freed.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
swap_disk
zswap_on zstd
zswap_set max_pool_percent 1
zswap_set shrinker_enabled Y
back=$(vmstat zswpwb) limit=$(zswap_stat pool_limit_hit)
# more than 1 % of memory, also when compressed
run zpages -m "$(amount 96 40)" -d half -n 1 -j 2 -p 80 > /tmp/out
cat /tmp/out
run zpages -m "$(amount 60 32)" -d half -t "$(amount 6 3)" -j 2 > /tmp/out
cat /tmp/out
expect_gt "pages written back" $(($(vmstat zswpwb) - back)) 200
expect_gt "hits of the pool limit" $(($(zswap_stat pool_limit_hit) - limit)) 0
zswap_empty
