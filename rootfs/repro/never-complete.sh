#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The 101st job never ends; mode sync
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
swapoff /dev/vda
swap_disk
iaa_load sync
zswap_on deflate-iaa
run iaxctl fault-kind=3 fault-count=1 fault-after=100
zpages -m 2 -d text
echo "zpages: status $?"
before=$(iax_stat compress-jobs)
zpages -m 2 -d text
echo "then: $(($(iax_stat compress-jobs) - before)) compressions by the device"
dmesg | tail -n 10
