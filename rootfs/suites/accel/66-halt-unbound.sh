#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A device that no driver is bound to halts, and idxd resets the function: the device is
# disabled again and can be bound, after the second halt as well. zmem_delay counts the resets.
# LIMIT: 200
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
. /zmem/suites/accel/apart.sh
begun() { [ "$(hits)" -ge "$resets" ]; }
disabled() { [ "$(cat $dsa/devices/iax0/state)" = disabled ]; }
swap_disk
iaa_unload
modprobe idxd || fail "idxd does not load"
iax_up iax0
iax_blank iax0
pci=$(pci_of iax0)
insmod /lib/zmem_delay.ko symbol=pci_try_reset_function comm=kworker us=1000 || fail "no zmem_delay"
resets=0
# a halt that asks for a software reset, and one that asks for an FLR
for kind in 1 2; do
	resets=$((resets + 1))
	disabled || fail "$kind: iax0 is not disabled before the halt"
	run iaxctl halt=$kind
	# the device is halted from before the reset until it is over
	wait_for "$kind: the reset" begun
	wait_for "$kind: the state disabled" disabled
	# reading waits for the end of a reset, so that nothing is restored later
	run head -c 4 "/sys/bus/pci/devices/$pci/config" > /dev/null
	iax_config iax0 1
	attr $dsa/drivers/idxd/bind iax0
	expect_is "$kind: state with a driver" "$(cat $dsa/devices/iax0/state)" enabled
	attr $dsa/drivers/idxd/unbind iax0
	expect_eq "$kind: resets" "$(hits)" $resets
done
run rmmod zmem_delay
iaa_load sync
works "after the halts"
iaa_unload
