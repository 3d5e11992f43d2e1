#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Recompression, writeback, idle marking and block_state, started while a large device
# is reset and set up again with a smaller disksize, must only walk the slots of the
# smaller device.
# LIMIT: 200
. /zmem/lib.sh
modprobe zram num_devices=1
state=/sys/kernel/debug/zram/zram0/block_state
walks=0
turn=0
while [ $turn -lt "$(amount 6 3)" ]; do
	turn=$((turn + 1))
	echo /dev/vdb > $z0/backing_dev || fail "no backing device"
	echo "algo=zstd priority=1" > $z0/recomp_algorithm
	zram_on 4G lz4
	# The reset holds the lock while it frees a million slots.  The write to
	# disksize waits for the lock, and the other writes wait behind it.
	echo 1 > $z0/reset & reset=$!
	sleep 0.1
	(echo 4M > $z0/disksize) & size=$!
	sleep 0.1
	pids=
	for w in "type=huge recompress" "huge writeback" "all idle" "1 compact"; do
		(echo "${w% *}" > $z0/"${w##* }") 2> /dev/null & pids="$pids $!"
	done
	cat $state > /dev/null 2>&1 & pids="$pids $!"
	wait $reset || fail "reset"
	wait $size || fail "disksize"
	for p in $pids; do wait "$p" && walks=$((walks + 1)); done
	expect_eq "disksize" "$(cat $z0/disksize)" 4194304
	run zio -m 4 -n 20 /dev/zram0
	zram_off
done
echo "# $walks walks of $((turn * 5)) went through"
expect_gt "walks that went through" $walks $turn
