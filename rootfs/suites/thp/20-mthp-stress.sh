#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Large folios are swapped out while the compressor is switched and zswap is toggled, and
# with forked and shared memory; every byte is compared.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
needs_thp
swap_disk
zswap_set max_pool_percent 50
zswap_on lz4
for k in 16 64 2048; do echo madvise > $thp/hugepages-${k}kB/enabled; done
stored=$(vmstat zswpout)
# with "mix" some pages of each folio do not compress, and 6.12 then stores no page of it
for data in text mix; do
	zpages -m 24 -f 64 -d $data -t "$(amount 8 2)" -j 2 > /tmp/out &
	load=$!
	while kill -0 $load 2>/dev/null; do
		store_folios Y
		zswap_on zstd; zswap_set enabled N; sleep 0.1
		zswap_set enabled Y; zswap_on lz4; sleep 0.3
		store_folios N
		sleep 0.1
	done
	wait $load
	expect_eq "status of the load" $? 0
	cat /tmp/out
done
store_folios Y
run zpages -m "$(amount 16 8)" -f 2048 -k fork -d mix -n 2
for k in 16 64; do echo never > $thp/hugepages-${k}kB/enabled; done
run zpages -m "$(amount 16 8)" -f 64 -k shmem -d mix -n 2
expect_gt "pages that zswap stored" $(($(vmstat zswpout) - stored)) 1000
