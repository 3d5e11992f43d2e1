#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The device goes and comes back under load, CYCLES times each: taken off its driver,
# reset (FLR), taken off idxd, unplugged and plugged in again.  No error reaches a
# reader, the queue works again; after a reset by itself.
# LIMIT: 400
# CYCLE: 12
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load
ix_zswap
echo 300 > /sys/module/iax/parameters/deadline_ms
pci=$(pci_of iax0)
attr "/sys/bus/pci/devices/$pci/reset_method" flr
load_on

# again WHAT: the device works
again() {
	[ ! -e /tmp/bad ] || fail "$1: the load has ended with $(cat /tmp/bad): $(cat /tmp/out)"
	comp=$(ix_stat compressed)
	wait_for "$1: compressions" more_than "$comp"
}
more_than() { [ "$(ix_stat compressed)" -gt $(($1 + 100)) ]; }
# taken off its driver, and given back
goes_off() {
	attr $dsa/drivers/idxd/unbind iax0
	ix_queues iax0 1
	ix_bound
}
# a function level reset: the queue comes back by itself
goes_flr() { attr "/sys/bus/pci/devices/$pci/reset" 1; }
# the PCI function taken off idxd
goes_pci() {
	attr /sys/bus/pci/drivers/idxd/unbind "$pci"
	[ ! -e $dsa/devices/iax0 ] || fail "iax0 is still there"
	attr /sys/bus/pci/drivers/idxd/bind "$pci"
	comes
}
# unplugged, and plugged in
goes_plug() {
	qmp device_del '"id":"iax0"'
	wait_for "its removal" has_iax 0
	qmp device_add '"driver":"intel-iax","id":"iax0","bus":"port0","x-test-bar":true'
	wait_for "the device again" has_iax 1
	comes
}
comes() {
	wait_for iax0 test -e $dsa/devices/iax0
	iax_blank iax0
	ix_queues iax0 1
	ix_bound
}
kinds="off flr pci plug"
# idxd of 6.12 does not hear of resets
! kernel_is 6.12 || kinds="off pci plug"
for kind in $kinds; do
	for i in $(seq "$CYCLES"); do
		goes_$kind
		again "$kind, $i"
	done
	echo "# $kind: came back $CYCLES times"
done
load_off
ix_no_errors
grep ^all $ix
zswap_empty
zswap_set compressor lzo
ix_unload
