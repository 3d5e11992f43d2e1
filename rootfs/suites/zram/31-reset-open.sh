#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A device that was never set up can be reset while somebody has it open, as udev does
# right after hot_add.  A device that is set up can be reset as soon as nobody has it
# open, and not before.
# SHORT: 7.3
. /zmem/lib.sh
modprobe zram num_devices=1
zswap_set enabled N
algorithm=$(cat $z0/comp_algorithm)
run sh -c "echo 1 > $z0/reset"

exec 5< /dev/zram0 || fail "open"
echo zstd > $z0/comp_algorithm
echo 1 > $z0/reset || fail "reset of an open device that was never set up"
expect_is "algorithm after reset" "$(cat $z0/comp_algorithm)" "$algorithm"
echo 16M > $z0/disksize || fail "disksize of an open device"
dd if=/dev/urandom of=/tmp/data bs=64k count=16 2> /dev/null
dd if=/tmp/data of=/dev/zram0 bs=64k oflag=direct 2> /dev/null || fail "dd"
if echo 1 2> /dev/null > $z0/reset; then fail "a device that is set up and open was reset"; fi
cmp -n 1048576 /tmp/data /dev/zram0 || fail "contents changed by the reset that was refused"
exec 5<&-
echo 1 > $z0/reset || fail "reset after the last close"

# disksize is set after the reset has checked for the first time: the reset must fail and
# leave the device as it is
insmod /lib/zmem_delay.ko symbol=sync_blockdev comm=sh us=0 sleep=1 || fail "no zmem_delay"
delay=/sys/module/zmem_delay/parameters
delayed() { [ "$(cat $delay/delayed)" = 1 ]; }
for turn in 1 2 3 4; do
	exec 5< /dev/zram0 || fail "open"
	echo 60000000 > $delay/us
	sh -c "echo 1 2> /dev/null > $z0/reset" & r=$!
	wait_for "the reset, turn $turn" delayed
	echo 4M > $z0/disksize || fail "disksize was refused, turn $turn"
	echo 0 > $delay/us
	if wait $r; then fail "a device was reset that had been set up meanwhile, turn $turn"; fi
	expect_eq "disksize after the reset, turn $turn" "$(cat $z0/disksize)" 4194304
	exec 5<&-
	zram_off
done
run rmmod zmem_delay

# reset right after swapoff, while another process still reads the device
busy=0
for turn in $(seq "$(amount 20 8)"); do
	zram_on 32M lz4
	mkswap /dev/zram0 > /dev/null && swapon /dev/zram0 || fail "swapon"
	run swapoff /dev/zram0
	(dd if=/dev/zram0 of=/dev/null bs=4k count=64; sleep 0.1) 2> /dev/null < /dev/zram0 & p=$!
	if ! echo 1 2> /dev/null > $z0/reset; then
		busy=$((busy + 1))
		wait $p
		t=0
		until echo 1 2> /dev/null > $z0/reset; do
			t=$((t + 1))
			[ $t -lt 20 ] || fail "busy 1 s after the prober's close, turn $turn"
			sleep 0.05
		done
	fi
	wait $p
done
echo "# $busy of $turn resets had to wait for the prober"
