#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A function-level reset rebinds the device and those WQs that were bound before it, and no
# others. All of them keep their configuration.
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
config() { (cd $dsa/devices/wq0.1 && cat type name driver_name mode size group_id priority max_transfer_size) | tr '\n' ' '; }
flr() { echo 1 > "/sys/bus/pci/devices/$pci/reset" || fail "no reset"; }

iaa_unload
modprobe idxd || fail "idxd does not load"
iax_up iax0
iax_blank iax0
pci=$(pci_of iax0)
attr "/sys/bus/pci/devices/$pci/reset_method" flr
insmod /lib/zmem_hold.ko || fail "no zmem_hold"
iax_config iax0 2
for q in 0 1; do
	attr $dsa/devices/wq0.$q/driver_name hold
done
# a descriptor that an earlier reset has discarded never completes
discarded=$(open_jobs)
before=$(config)
attr $dsa/drivers/idxd/bind iax0
attr $dsa/drivers/hold/bind wq0.0
for history in new used; do
	# a WQ that was never bound, and one that was unbound
	if [ $history = used ]; then
		attr $dsa/drivers/hold/bind wq0.1
		attr $dsa/drivers/hold/unbind wq0.1
		wq_config iax0 1 32
		attr $dsa/devices/wq0.1/driver_name hold
	fi
	expect_is "$history: configuration" "$(config)" "$before"
	flr
	[ -e $dsa/drivers/idxd/iax0 ] || fail "$history: iax0 has lost its driver"
	[ -e $dsa/drivers/hold/wq0.0 ] || fail "$history: wq0.0 has lost its driver"
	[ ! -e $dsa/devices/wq0.1/driver ] || fail "$history: wq0.1 was bound by the reset"
	expect_is "$history: state of wq0.1" "$(cat $dsa/devices/wq0.1/state)" disabled
	expect_is "$history: configuration after the reset" "$(config)" "$before"
done
# the configuration is also that of the device
attr $dsa/drivers/hold/bind wq0.1
expect_is "state of wq0.1 with a driver" "$(cat $dsa/devices/wq0.1/state)" enabled
for q in 0 1; do
	attr $dsa/drivers/hold/unbind wq0.$q
done
attr $dsa/drivers/idxd/unbind iax0
expect_eq "descriptors in flight" "$(open_jobs)" "$discarded"

# a device that is not enabled
iax_config iax0 2
attr $dsa/devices/wq0.1/driver_name hold
expect_is "configuration of a disabled device" "$(config)" "$before"
flr
[ ! -e $dsa/devices/iax0/driver ] || fail "iax0 was bound by the reset"
expect_is "state of iax0" "$(cat $dsa/devices/iax0/state)" disabled
expect_is "configuration of a disabled device after the reset" "$(config)" "$before"
rmmod zmem_hold && rmmod idxd || fail "a driver is still in use"
