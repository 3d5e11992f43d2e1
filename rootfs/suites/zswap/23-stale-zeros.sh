#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A folio that stays in the swap cache after it was stored is zeroed and swapped out
# again.  Zero-filled folios are only marked in the zeromap.  The entries of the earlier
# store must be removed, or writeback puts the old data into the swap cache, where the
# next fault finds it.  zstale counts the pages that had such an entry, and the test
# fails if there were none.
# LIMIT: 200
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
swap_disk
echo 0 > /proc/sys/vm/page-cluster	# no neighbour of a fault is swapped in
zswap_on zstd
zswap_set max_pool_percent 50
zswap_set shrinker_enabled Y
group=$cg/t-zeros
mkdir $group
stale() { # stale FOLIO_KIB MIB
	(echo 0 > $group/cgroup.procs; exec zstale -f "$1" -m "$2" -n "$(amount 3 1)" -j 1 -p $zp/enabled \
		-s $zd/stored_pages -r $group/memory.reclaim -z $group/memory.stat) > /tmp/out
	status=$?
	sed "s/^/# $1 KiB: /" /tmp/out
	[ $status = 0 ] || bad="$bad $1"
}
bad=
stale 4 4
if [ -e $thp ]; then
	store_folios Y
	for kib in 64 2048; do
		only_folios $kib
		stored=$(folio_stat $kib zswpout)
		stale $kib 8
		expect_ge "folios of $kib KiB stored whole" $(($(folio_stat $kib zswpout) - stored)) 2
	done
fi
[ -z "$bad" ] || fail "zswap kept what zeros replaced, folios of$bad KiB"
zswap_empty
for _ in $(seq 20); do rmdir $group 2> /dev/null && break; sleep 0.1; done
