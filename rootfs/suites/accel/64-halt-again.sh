#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A halted device reports the halt again before it is reset: it is reset once.
# zmem_delay delays the resets and counts them. On 7.3 idxd masks the second interrupt,
# so only 6.12 has a mutant for this.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
. /zmem/suites/accel/apart.sh
swap_disk
begun() { [ "$(hits)" -gt 0 ]; }
tried=0
for round in $(seq "$(amount 3 2)"); do
	iaa_load sync
	pci=$(pci_of iax0)
	insmod /lib/zmem_delay.ko symbol=pci_try_reset_function comm=kworker us=2000000 || fail "no zmem_delay"
	apart
	run iaxctl halt=1
	run iaxctl halt=1
	# on a busy host, the reset may begin earlier
	in_time=0
	[ "$(hits)" != 0 ] || in_time=1
	wait_for "$round: the reset" begun
	sleep 3
	[ $in_time = 0 ] || expect_eq "$round: resets" "$(hits)" 1
	tried=$((tried + in_time))
	together
	run rmmod zmem_delay
	iaa_unload
	echo 1 > "/sys/bus/pci/devices/$pci/reset"
done
expect_ge "rounds in which the second halt came in time" $tried 1
iaa_load sync
works "after the halts"
iaa_unload
