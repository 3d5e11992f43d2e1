#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The self-tests of deflate-iaa in both modes of iaa_crypto, done by the device:
# sync polls, async_irq waits for the interrupt ("async" is taken, and is sync).
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
for mode in sync async_irq; do
	modprobe idxd	# switches the device's memory on
	jobs=$(iax_stat compress-jobs) irqs=$(iax_stat interrupts) failed=$(iax_stat failed)
	iaa_load $mode
	echo "# $mode: $(($(iax_stat compress-jobs) - jobs)) compressions, $(($(iax_stat interrupts) - irqs)) interrupts"
	expect_gt "$mode: compressions by the device" $(($(iax_stat compress-jobs) - jobs)) 3
	expect_eq "$mode: failed jobs" $(($(iax_stat failed) - failed)) 0
	expect_eq "$mode: done in software" "$(iaa_sw)" 0
	case $mode in
	async_irq) expect_gt "interrupts" $(($(iax_stat interrupts) - irqs)) 10 ;;
	esac
	iaa_unload
done
