#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# One CPU maps and unmaps the registers of a device while another one reads those of a
# second device: no read goes to the wrong region. Unpatched QEMU 7.2 lost the end of an
# APIC interrupt this way, which left a CPU without a clock.
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
iaa_unload
qmp device_add '"driver":"intel-iax","id":"iax1","bus":"port1","x-test-bar":true'
wait_for "the second device" has_iax 2
# the device at the higher address is the later entry in QEMU's tables
# shellcheck disable=SC2046  # words on purpose
set -- $(for d in /sys/bus/pci/devices/*; do
	[ "$(cat "$d/device")" != 0x0cfe ] || echo "$(head -n 1 "$d/resource" | cut -d' ' -f1) $d"
done | sort | cut -d' ' -f2)
expect_eq "functions" $# 2
echo 1 > "$2/enable" || fail "$2 cannot be enabled"
run zmaps "$2/resource0" "$1/config" "$(amount 20 5)"
echo 0 > "$2/enable"
qmp device_del '"id":"iax1"'
wait_for "its removal" has_iax 1
