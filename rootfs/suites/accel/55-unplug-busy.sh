#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The device is unplugged with 72 descriptors in flight: the kernel survives, nothing is
# written afterwards, and the next device works.
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
iaa_unload
insmod /lib/zmem_enq.ko leave=72 || fail "$(dmesg | grep zmem_enq: | tail -n 1)"
run rmmod zmem_enq
qmp device_del '"id":"iax0"'
wait_for "its removal" has_iax 0
sleep 4
qmp device_add '"driver":"intel-iax","id":"iax0","bus":"port0","x-test-bar":true'
wait_for "the device again" has_iax 1
insmod /lib/zmem_enq.ko || fail "$(dmesg | grep zmem_enq: | tail -n 1)"
run rmmod zmem_enq
iaa_load sync
iaa_unload
