#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The device halts under load and asks for each kind of reset (in a short run an FLR on
# 6.12, a software and a cold reset on 7.3): no load fails, nothing hangs, the driver can be
# unloaded, and if an FLR repairs the device, it is used again automatically.
# LIMIT: 400
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
# only an FLR repairs the device
allows_error '^idxd 0000:01:00\.0: idxd halted, need system reset'
kinds='1 4'
! kernel_is 6.12 || kinds=2
for kind in $(amount '1 2 3 4' "$kinds"); do
	ix_load
	ix_deadline 300
	ix_zswap
	pci=$(pci_of iax0)
	load_on
	wait_for "the load" ix_stat_above compressed 500
	run iaxctl halt=$kind
	sleep 5
	# idxd resets the function if that is sufficient, and restores the WQ
	if [ "$kind" -le 2 ]; then
		wait_for "the WQ after a halt of kind $kind" test -e $dsa/drivers/iax/wq0.0
		wait_for "$kind: compressions" ix_stat_above compressed $(($(ix_stat compressed) + 20))
	fi
	load_off
	ix_no_errors
	echo "# halt of kind $kind: device $(cat $dsa/devices/iax0/state), WQ $(cat $dsa/devices/iax0/wq0.0/state)"
	grep '^all \(compressed\|timeouts\|wq_resets\|no_wq\) ' $ix
	expect_gt "pages compressed before the halt" "$(ix_stat compressed)" 0
	# after an FLR, the WQ may be back before a request needs it
	[ "$kind" -le 2 ] || expect_gt "requests without a WQ" "$(ix_stat no_wq)" 0
	zswap_empty
	run swapoff /dev/vda
	zswap_set compressor lzo
	wait_for "the last user of iax" ix_gone
	rmmod idxd || fail "idxd is still in use"
	echo 1 > "/sys/bus/pci/devices/$pci/reset"
done
