#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The device runs the self-tests of deflate-iaa in both modes of iaa_crypto: sync polls,
# async_irq waits for the interrupt. ("async" is accepted and means sync.)
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
# each of two self-test runs has eight segments that do not fit and, on 7.3, two that are not
# contiguous, which iaa_crypto processes in software
no_room=16 in_pieces=4 SHORT=0
! kernel_is 6.12 || in_pieces=0
for mode in sync async_irq; do
	modprobe idxd	# enables the device's BARs
	jobs=$(iax_stat compress-jobs) irqs=$(iax_stat interrupts) failed=$(iax_stat failed)
	iaa_load $mode
	echo "# $mode: $(($(iax_stat compress-jobs) - jobs)) compressions, $(($(iax_stat interrupts) - irqs)) interrupts"
	expect_gt "$mode: compressions by the device" $(($(iax_stat compress-jobs) - jobs)) 3
	expect_le "$mode: failed descriptors" $(($(iax_stat failed) - failed)) $no_room
	expect_le "$mode: done in software" "$(iaa_sw)" $in_pieces
	case $mode in
	async_irq) expect_gt "interrupts" $(($(iax_stat interrupts) - irqs)) 10 ;;
	esac
	iaa_unload
done
