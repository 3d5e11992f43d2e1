#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A device halts while a WQ is being unbound, which waits for stalled engines with a
# descriptor in flight: the wait ends, and the device works after a reset.
# LIMIT: 240
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
hold_unload() {
	[ ! -e "$dsa/drivers/idxd/iax0" ] || attr $dsa/drivers/idxd/unbind iax0
	rmmod zmem_hold && rmmod idxd || fail "a driver is still in use"
}
rm -f /tmp/off
iaa_unload
# of the halts that an FLR does not end
expects_error '^idxd 0000:01:00\.0: idxd halted, need system reset'
for kind in $(amount "1 2 3 4" "1 4"); do
	modprobe idxd || fail "idxd does not load"
	iax_up iax0
	iax_blank iax0
	pci=$(pci_of iax0)
	insmod /lib/zmem_hold.ko || fail "no zmem_hold"
	iax_config iax0 1
	attr $dsa/devices/iax0/wq0.0/driver_name hold
	attr $dsa/drivers/idxd/bind iax0
	run iaxctl stall-engines=0xff
	attr $dsa/drivers/hold/bind wq0.0
	(
		attr $dsa/drivers/hold/unbind wq0.0
		: > /tmp/off
	) &
	off=$!
	sleep 2
	[ ! -e /tmp/off ] || fail "$kind: nothing was there to wait for"
	run iaxctl halt="$kind"
	wait_for "$kind: the end of the queue" test -e /tmp/off
	wait $off
	run iaxctl stall-engines=0
	rm /tmp/off
	hold_unload
	echo 1 > "/sys/bus/pci/devices/$pci/reset"
done
swap_disk
iaa_load sync
works "after the halts"
iaa_unload
