#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The PCI function is unbound from idxd while the reset of a halted device begins:
# neither waits for the other. zmem_delay delays the reset.
# LIMIT: 120
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
. /zmem/suites/accel/apart.sh
swap_disk
tried=0
for kind in $(amount "1 2 1 2" "1 2"); do
	iaa_load sync
	pci=$(pci_of iax0)
	insmod /lib/zmem_delay.ko symbol=idxd_device_flr comm=kworker us=2000000 || fail "no zmem_delay"
	apart
	run iaxctl halt=$kind
	(
		attr /sys/bus/pci/drivers/idxd/unbind "$pci"
		: > /tmp/removed
	) &
	# the function is locked soon after the unbinding begins
	sleep 0.5
	# on a busy host, the reset may begin earlier
	[ "$(hits)" != 0 ] || tried=$((tried + 1))
	wait_for "$kind: the end of the removal" test -e /tmp/removed
	together
	rm /tmp/removed
	expect_eq "$kind: resets that began" "$(hits)" 1
	run rmmod zmem_delay
	[ ! -e $dsa/devices/iax0 ] || fail "$kind: iax0 still exists"
	echo 1 > "/sys/bus/pci/devices/$pci/reset"
	attr /sys/bus/pci/drivers/idxd/bind "$pci"
	iax_up iax0
	iaa_unload
done
expect_ge "removals while a reset began" $tried 1
iaa_load sync
works "after the removals"
iaa_unload
