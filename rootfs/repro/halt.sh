#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# usage: halt.sh 1|2
# The device halts until a software reset (1) or an FLR (2); then its queue is
# taken off
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
swapoff /dev/vda
swap_disk
iaa_load sync
run iaxctl halt="$1"
sleep 3
echo "device $(cat $dsa/devices/iax0/state), queue $(cat $dsa/devices/wq0.0/state)"
zswap_on deflate-iaa
before=$(iax_stat compress-jobs)
timeout 20 zpages -m 2 -d text
echo "zpages: status $?, $(($(iax_stat compress-jobs) - before)) compressions by the device"
zswap_set compressor lzo
(sleep 15; echo w > /proc/sysrq-trigger) &
iax_off iax0
echo "off: status $?"
dmesg | tail -n 40
