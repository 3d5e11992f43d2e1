#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages go out to every allocator of zswap and come back as they were.
. /zmem/lib.sh
. /zmem/suites/zswap/stores.sh
swap_disk
zswap_set max_pool_percent 50
for p in $(pools); do
	[ ! -e "$zp/zpool" ] || zswap_set zpool "$p"
	zswap_on lz4
	zswap_stores "$p" 4
done
