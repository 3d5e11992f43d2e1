#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Function-level reset while a queue is bound
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
iaa_load sync
pci=$(pci_of iax0)
attr "/sys/bus/pci/devices/$pci/reset_method" flr
attr "/sys/bus/pci/devices/$pci/reset" 1
sleep 1
echo "device $(cat $dsa/devices/iax0/state), queue $(cat $dsa/devices/wq0.0/state)"
dmesg | tail -n 5
