#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The PCI function is taken off idxd under load, and given back.
# LIMIT: 200
# SHORT: 7.3
# CYCLE: 12
. /zmem/lib.sh
. /zmem/suites/iax/goes.sh
goes_away() {
	attr /sys/bus/pci/drivers/idxd/unbind "$pci"
	[ ! -e $dsa/devices/iax0 ] || fail "iax0 is still there"
	attr /sys/bus/pci/drivers/idxd/bind "$pci"
	comes
}
goes_on pci
