#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The memory of swap slots that are freed while recompression, writeback or idle marking
# holds their lock is released, and data written to such a slot later is not lost.
# miss_free in debug_stat counts frees of slots that were locked.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
zswap_set enabled N
modprobe zram num_devices=1
echo lz4 > $z0/comp_algorithm
echo "algo=zstd priority=1" > $z0/recomp_algorithm || fail "no second algorithm"
echo /dev/vdb > $z0/backing_dev || fail "no backing device"
missed() { awk 'NR == 2 { print $NF }' $z0/debug_stat; }
swaps_to() { # swaps_to SIZE: swap on a device of that size
	zram_on "$1"
	mkswap /dev/zram0 > /dev/null && swapon /dev/zram0 || fail "swapon"
}
dies() { # dies MIB: kill a process that has MIB swapped out, so that its slots are freed at once
	rm -f /tmp/hold /tmp/hold.ready
	zpages -m "$1" -d text -H /tmp/hold > /dev/null & p=$!
	for _ in $(seq 600); do [ -e /tmp/hold.ready ] && break; sleep 0.1; done
	[ -e /tmp/hold.ready ] || fail "memory is not swapped out"
	kill -KILL $p
	wait $p 2> /dev/null
}
ends() { # ends WHEN: stop the passes; only the header of the swap area may be stored then
	rm /tmp/go
	wait $passes
	run swapoff /dev/zram0
	echo "# $(missed) frees found a locked slot $1"
	expect_gt "frees that found a locked slot $1" "$(missed)" 0
	expect_le "bytes stored after swapoff $1" "$(mm_stat 1)" 4096
	zram_off
}

swaps_to 32M
touch /tmp/go
while [ -e /tmp/go ]; do
	echo all > $z0/idle
	echo "type=idle max_pages=300" > $z0/recompress
	echo "page_index=$((n = (n + 7) % 4096))" > $z0/writeback
	sleep 0.02
done 2> /dev/null & passes=$!
for _ in $(seq "$(amount 12 6)"); do dies 16; done
ends "during all passes"

# Recompression holds a slot for 50 ms.  The device is almost full, so that slots are
# reused and written again within this time.
echo lz4 > $z0/comp_algorithm
echo "algo=zstd priority=1" > $z0/recomp_algorithm || fail "no second algorithm"
swaps_to 8M
insmod /lib/zmem_delay.ko symbol=zcomp_compress comm=sh us=50000 || fail "no zmem_delay"
touch /tmp/go
while [ -e /tmp/go ]; do
	echo "threshold=64 max_pages=10" > $z0/recompress
done 2> /dev/null & passes=$!
for _ in $(seq "$(amount 16 8)"); do
	dies 6
	zpages -m 6 -d text -p 90 > /tmp/out || fail "status $? of what was written to the slots: $(tail -n 3 /tmp/out)"
done
ends "during recompression"
expect_gt "delays" "$(cat /sys/module/zmem_delay/parameters/hits)" 20
