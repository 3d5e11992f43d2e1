#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# max_pool_percent and accept_threshold_percent accept 0 to 100.  Other values are
# refused and change nothing.  With a limit of 0 nothing is stored; with a threshold
# of 0 a full pool accepts pages again once it is empty.
. /zmem/lib.sh
swap_disk
zswap_on lz4
bad=
for p in max_pool_percent accept_threshold_percent; do
	for v in 0 1 50 99 100; do
		zswap_set $p $v 2> /dev/null || fail "$p refuses $v"
		expect_is "$p" "$(zswap_get $p)" $v
	done
	taken=
	for v in 101 1000 4294967295 4294967296 -1 x ""; do
		zswap_set $p 42
		zswap_set $p "$v" 2> /dev/null && taken="$taken '$v'"
		[ "$(zswap_get $p)" = 42 ] || taken="$taken '$v' (reads $(zswap_get $p))"
	done
	[ -z "$taken" ] || bad="$bad $p takes$taken;"
done
[ -z "$bad" ] || fail "$bad"

# stores MAX ACCEPT: print how many pages a load stores with these parameters
stores() {
	zswap_set max_pool_percent "$1"
	zswap_set accept_threshold_percent "$2"
	before=$(vmstat zswpout)
	run zpages -m 4 -d text > /tmp/out
	echo $(($(vmstat zswpout) - before))
}
expect_eq "pages stored with a limit of 0" "$(stores 0 90)" 0
zswap_empty
# the limit has been hit, and the pool is empty
expect_gt "pages stored with a threshold of 0" "$(stores 20 0)" 500
expect_gt "pages stored with both at 100" "$(stores 100 100)" 500
