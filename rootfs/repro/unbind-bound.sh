#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# idxd is taken off the PCI function while a queue is bound
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
iaa_load sync
pci_of iax0 > /sys/bus/pci/drivers/idxd/unbind
sleep 1
lspci
