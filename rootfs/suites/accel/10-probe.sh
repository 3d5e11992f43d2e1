#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# idxd finds the device and reports its capabilities, without warnings that real
# hardware would not cause.
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
has_iax || fail "no device 8086:0cfe: $(lspci)"
dmesg -n 8
before=$(dmesg | wc -l)
modprobe idxd || fail "idxd does not load"
iax_up iax0
modprobe iaa_crypto || fail "iaa_crypto does not load"
selftest_passes
lspci | grep 8086:0cfe
d=$dsa/devices/iax0
for pair in version=0x100 gen_cap=0x71f10901f0105 max_work_queues=8 max_work_queues_size=128 max_groups=4 \
	max_engines=8 max_transfer_size=2147483648 configurable=1 pasid_enabled=0 state=enabled; do
	expect_is "${pair%%=*}" "$(cat $d/${pair%%=*})" "${pair#*=}"
done
expect_is op_cap "$(cat $d/op_cap)" 00000000,00000000,00000000,00000000,00000000,007f331c,00000000,0000000d
expect_eq "work queues" "$(ls -d $d/wq0.* | wc -l)" 8
expect_eq "engines" "$(ls -d $d/engine0.* | wc -l)" 8
dmesg | tail -n +$((before + 1)) > /tmp/new
cat /tmp/new
# Linux does not use ENQCMD without XSAVES, which TCG does not implement
dmesg -r | grep -E '^<[0-4]>' | grep -iE 'idxd|iaa|iax|8086|0cfe|01:00' | grep -v 'does not have ENQCMD' > /tmp/warned
[ ! -s /tmp/warned ] || fail "warnings: $(cat /tmp/warned)"
iaa_unload
