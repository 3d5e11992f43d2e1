#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A process is killed while its large folios are stored: no entry may stay in zswap, or
# the next owner of the swap slot would read it.
# LIMIT: 300
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/pressure.sh
. /zmem/suites/thp/folios.sh
needs_thp
swap_disk
zswap_on zstd
zswap_set max_pool_percent 60
store_folios Y
group=$cg/t-dies
mkdir $group
dies() { # dies KIB
	only_folios "$1"
	folios=$(folio_stat "$1" zswpout)
	for i in $(seq "$(amount 8 4)"); do
		filled $group -m 32 -f "$1" -d text -s $i
		stored=$(zswap_stat stored_pages)
		echo 32M > $group/memory.reclaim 2> /dev/null &
		reclaim=$!
		until [ "$(zswap_stat stored_pages)" -gt "$stored" ]; do
			kill -0 $reclaim 2> /dev/null || fail "nothing of the group is stored"
		done
		kill -KILL $pid
		wait $pid $reclaim
	done
	echo "# $(($(folio_stat "$1" zswpout) - folios)) folios of $1 KiB stored whole meanwhile"
	expect_ge "folios of $1 KiB stored" $(($(folio_stat "$1" zswpout) - folios)) 1
	zswap_empty
}
dies 2048
dies 64
run swapoff /dev/vda
zswap_empty
