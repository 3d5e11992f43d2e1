#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages are stored with every allocator of zswap and read back unchanged.
. /zmem/lib.sh
. /zmem/suites/zswap/stores.sh
swap_disk
zswap_set max_pool_percent 50
for p in $(pools); do
	[ ! -e "$zp/zpool" ] || zswap_set zpool "$p"
	zswap_on lz4
	zswap_stores "$p" 4
done
