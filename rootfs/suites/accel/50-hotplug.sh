#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A second device is plugged in and used together with the first; then both are unplugged and
# the first is plugged in again. WQs are unbound first, because idxd does not survive
# the loss of a device with bound WQs (results/iaa-faults.md).
# LIMIT: 240
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
swap_disk
iaa_load sync
qmp device_add '"driver":"intel-iax","id":"iax1","bus":"port1","x-test-bar":true'
wait_for "the second device" has_iax 2
wait_for "its driver" has_dsa '[1-9]'
second=$(basename "$(ls -d $dsa/devices/iax[1-9])")
iax_up "$second"
iax_off "$second"
iax_config "$second" 1
iax_on "$second" 1
first_pci=$(pci_of iax0) second_pci=$(pci_of "$second")
echo "# first $first_pci, second $second at $second_pci"
zswap_on deflate-iaa
run zpages -m 8 -d text -p 80 -j 2
zswap_empty
for pci in "$first_pci" "$second_pci"; do
	jobs=$(iaxctl -d "$pci" compress-jobs)
	echo "# $pci: $jobs compressions"
	expect_gt "$pci: compressions" "$jobs" 500
done
zswap_set compressor lzo

# unplugged, one after the other
iax_off "$second"
iax_off iax0
rmmod iaa_crypto || fail "iaa_crypto is in use"
for id in iax1 iax0; do
	qmp device_del "\"id\":\"$id\""
	case $id in
	iax1) wait_for "its removal" has_iax 1 ;;
	iax0) wait_for "its removal" has_iax 0 ;;
	esac
done
[ -z "$(ls $dsa/devices)" ] || fail "left behind: $(ls $dsa/devices)"
# QEMU frees the id only some time after the guest has released the device
sleep 1
qmp device_add '"driver":"intel-iax","id":"iax0","bus":"port0","x-test-bar":true'
wait_for "the first device again" has_iax 1
wait_for "its driver" has_dsa
back=$(basename "$(ls -d $dsa/devices/iax*)")
iax_up "$back"
iax_off "$back"
modprobe iaa_crypto || fail "iaa_crypto does not load"
iax_off "$back"
iax_config "$back" 1
iax_on "$back" 1
works "the replugged device"
iaa_unload
