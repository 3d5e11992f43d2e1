#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages are written back while they are read and overwritten.
# SHORT: 6.12
. /zmem/lib.sh
modprobe zram num_devices=1
echo /dev/vdb > $z0/backing_dev || fail "no backing device"
zram_on 64M lz4
zio -m 24 -t "$(amount 8 4)" -j 2 /dev/zram0 > /tmp/out &
load=$!
while kill -0 $load 2> /dev/null; do
	echo all > $z0/idle
	echo idle > $z0/writeback 2> /dev/null
done
wait $load
expect_eq "status of the load" $? 0
cat /tmp/out
read -r _ _ written < $z0/bd_stat
expect_gt "pages written to the backing device" "$written" 100
zram_off
