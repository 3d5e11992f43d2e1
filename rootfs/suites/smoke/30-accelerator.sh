#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages through the driver iax, built in or as a module, where the kernel has it: its
# self-tests, and a device that is disabled, enabled, unbound and bound again.
. /zmem/lib.sh
. /zmem/suites/iax/goes.sh
if ! ix_there; then
	echo "# this tree does not have the driver iax"
	exit 0
fi
if [ "$ACCEL" = 0 ]; then
	echo "# a machine without an accelerator was asked for"
	exit 0
fi
SHORT=0
# the first patch of the driver brings one, later ones the others
ix_algs=1
ix_load
! ix_built_in || [ ! -e /sys/module/iax/refcnt ] || fail "iax is a module"
ix_zswap
pci=$(pci_of iax0)
pages() { # pages WHEN
	before=$(ix_stat compressed)
	run zpages -m 4 -d text -p 80 -j 2
	expect_gt "$1: pages compressed by the device" $(($(ix_stat compressed) - before)) 700
}
pages first
dev=iax0
off_and_on
pages "after it was disabled"
attr /sys/bus/pci/drivers/idxd/unbind "$pci"
attr /sys/bus/pci/drivers/idxd/bind "$pci"
comes
pages "after it was unbound"
ix_no_errors
zswap_empty
zswap_set compressor lzo
ix_unload
