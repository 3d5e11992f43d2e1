#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Devices are reset and configured again during I/O; errors are allowed, wrong data is
# not.
# SHORT: 6.12
. /zmem/lib.sh
i=0
while [ $i -lt "$(amount 6 4)" ]; do
	zram_on 32M lz4
	zio -e -m 16 -t 2 -j 2 /dev/zram0 > /tmp/out &
	load=$!
	sleep 0.5
	# a device in use cannot be reset
	! echo 1 > $z0/reset 2> /dev/null || fail "reset of an open device went through"
	kill -KILL $load
	wait $load 2> /dev/null
	! grep WRONG /tmp/out || fail "wrong data"
	zram_off
	i=$((i + 1))
done
id=$(cat /sys/class/zram-control/hot_add)
echo 16M > "/sys/block/zram$id/disksize"
run zio -m 16 -n 50 "/dev/zram$id"
echo 1 > "/sys/block/zram$id/reset"
echo "$id" > /sys/class/zram-control/hot_remove || fail "hot_remove"
