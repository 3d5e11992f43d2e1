#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The device goes and comes back under load: taken off its driver, reset (FLR),
# taken off idxd, unplugged and plugged in again.  No error reaches a reader, the
# queue works again; after a reset by itself.
# LIMIT: 400
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
	echo "# $1: works again"
}
more_than() { [ "$(ix_stat compressed)" -gt $(($1 + 100)) ]; }
for i in 1 2 3; do
	attr $dsa/drivers/idxd/unbind iax0
	ix_queues iax0 1
	ix_bound
	again "taken off its driver, $i"

	attr "/sys/bus/pci/devices/$pci/reset" 1
	again "function level reset, $i"

	attr /sys/bus/pci/drivers/idxd/unbind "$pci"
	[ ! -e $dsa/devices/iax0 ] || fail "iax0 is still there"
	attr /sys/bus/pci/drivers/idxd/bind "$pci"
	wait_for iax0 test -e $dsa/devices/iax0
	iax_blank iax0
	ix_queues iax0 1
	ix_bound
	again "taken off idxd, $i"
done
load_off
ix_no_errors
grep ^all $ix
zswap_empty
zswap_set compressor lzo
ix_unload
