#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A device that has halted says so again while the work that resets it is on its way:
# it is reset once.  zmem_delay holds that work up and counts it.
# LIMIT: 200
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
swap_disk
hits() { cat /sys/module/zmem_delay/parameters/hits; }
begun() { [ "$(hits)" -gt 0 ]; }
for round in 1 2 3; do
	iaa_load sync
	pci=$(pci_of iax0)
	insmod /lib/zmem_delay.ko symbol=idxd_device_reinit comm=kworker us=300000 || fail "no zmem_delay"
	iaxctl halt=1 && iaxctl halt=1 || fail "the device does not halt"
	wait_for "$round: the reset" begun
	sleep 1
	expect_eq "$round: resets" "$(hits)" 1
	rmmod zmem_delay
	iaa_unload
	echo 1 > "/sys/bus/pci/devices/$pci/reset"
done
iaa_load sync
works "after the halts"
iaa_unload
