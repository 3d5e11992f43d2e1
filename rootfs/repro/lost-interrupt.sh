#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# One interrupt is lost; mode async_irq
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
swapoff /dev/vda
swap_disk
iaa_load async_irq
zswap_on deflate-iaa
run iaxctl lose-interrupts=1
zpages -m 2 -d text &
sleep 25
echo w > /proc/sysrq-trigger
dmesg | grep -A 25 'task:zpages'
