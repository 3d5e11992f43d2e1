#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages on the backing device are read while they are overwritten: no read may fail.
# zmem_delay delays readers after they have released the slot. With -f, zrace accepts
# the page of another block, which 6.12 and 7.3 may return if the block on the backing
# device is reused before the read completes.
# SHORT: 6.12
. /zmem/lib.sh
modprobe zram num_devices=1
echo /dev/vdb > $z0/backing_dev || fail "no backing device"
zram_on 64M lz4
insmod /lib/zmem_delay.ko symbol=wake_up_bit comm=zrace us=300 || fail "no zmem_delay"
zrace -b 4096 -t "$(amount 12 6)" -r 3 -w 2 -f /dev/zram0 > /tmp/out &
load=$!
while kill -0 $load 2> /dev/null; do
	echo all > $z0/idle
	echo idle > $z0/writeback 2> /dev/null
done
wait $load
load=$?
cat /tmp/out
expect_gt "delays" "$(cat /sys/module/zmem_delay/parameters/hits)" "$(amount 1000 300)"
run rmmod zmem_delay
expect_eq "status of the load" $load 0
read -r _ _ written < $z0/bd_stat
expect_gt "pages written to the backing device" "$written" 100
zram_off
