#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Function level reset with a bound driver, whose WQ is enabled again automatically and
# can be unbound and bound, and without a driver.
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
swap_disk
iaa_load sync
pci=$(pci_of iax0)
grep -qw flr "/sys/bus/pci/devices/$pci/reset_method" || fail "no FLR: $(cat "/sys/bus/pci/devices/$pci/reset_method")"
attr "/sys/bus/pci/devices/$pci/reset_method" flr
works "before"
attr "/sys/bus/pci/devices/$pci/reset" 1
works "after an FLR with a bound driver"
iaa_unload
iaa_load sync
works "after reloading the driver"
iaa_unload
attr "/sys/bus/pci/devices/$pci/reset" 1
iaa_load sync
works "after an FLR without a driver"
iaa_unload
