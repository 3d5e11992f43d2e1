#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The PCI function is unbound from idxd and bound again under load.
# LIMIT: 200
# SHORT: 7.3
# CYCLE: 12
. /zmem/lib.sh
. /zmem/suites/iax/goes.sh
goes_away() {
	attr /sys/bus/pci/drivers/idxd/unbind "$pci"
	! ix_dev "$pci" || fail "$dev still exists"
	attr /sys/bus/pci/drivers/idxd/bind "$pci"
	comes
}
goes_on pci
