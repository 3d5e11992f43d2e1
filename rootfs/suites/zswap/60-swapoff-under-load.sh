#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# swapoff reads back every page while its owner reads and writes it.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/load.sh
zswap_on lz4
zswap_set max_pool_percent 50
now() { cut -d. -f1 /proc/uptime; }
stored() { echo $(($(vmstat zswpout) - before)); }
before=$(vmstat zswpout)
load_on -m 32 -d mix -n 2 -j 2
n=0 end=$(($(now) + $(amount 12 6)))
# on a slow machine go on until enough pages have been stored
while [ "$(now)" -lt $end ] || [ "$(stored)" -le 1000 ]; do
	swap_disk || fail "swapon"
	sleep 0.7
	run swapoff /dev/vda
	expect_eq "pages in zswap after swapoff" "$(zswap_stat stored_pages)" 0
	[ ! -e /tmp/bad ] || break
	n=$((n + 1))
done
load_off
expect_gt "rounds of swapon and swapoff" $n 2
echo "# $n rounds, $(stored) pages stored"
