#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Requests that may sleep do so while the device is slow, one interrupt wakes them all, and
# a lost interrupt only costs time.
# LIMIT: 240
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 1
open=$(open_jobs)
[ -e /sys/module/iax/parameters/poll_us ] || fail "iax has no parameter poll_us"
# the DRAIN of the last sleepers completes after the descriptor that they wait for
quiet() { [ "$(open_jobs)" -le "$open" ]; }
before() {
	wait_for "the device to complete all descriptors" quiet
	slept=$(ix_stat sleeps) lost=$(ix_stat lost_irqs) irqs=$(iax_stat interrupts) units=$(($(ix_stat compressed) + $(ix_stat no_space)))
}
since() {
	slept=$(($(ix_stat sleeps) - slept)) lost=$(($(ix_stat lost_irqs) - lost))
	irqs=$(($(iax_stat interrupts) - irqs)) units=$(($(ix_stat compressed) + $(ix_stat no_space) - units))
	echo "# $1: $units segments, slept $slept times, $irqs interrupts, $lost lost"
	expect_eq "$1: segments by the device" $units "$2"
}
load() { # load BATCH PAGES
	insmod_acomp alg=deflate-iax batch="$1" pages="$2" file=/bin/busybox
	run rmmod zmem_acomp
}
# 20 ms per descriptor with eight in parallel: longer than a busy host delays a vCPU,
# and well below the deadline of a second
iaxctl extra-ns=$((20000000 * (SLOW < 20 ? SLOW : 20)))
before
load 16 64
since "slow device" 64
# at least once for each of four batches
expect_ge "times slept" $slept 4
expect_ge "interrupts" $irqs 4
expect_eq "lost interrupts" $lost 0
# a batch sleeps for several descriptors at a time
expect_ge "descriptors" $((64 * 3)) $irqs

# with a poll_us above that, requests do not sleep
echo 1000000 > /sys/module/iax/parameters/poll_us
before
load 16 64
since "long poll_us" 64
expect_eq "times slept" $slept 0
expect_eq "interrupts" $irqs 0

# a lost interrupt is detected after a second
echo 0 > /sys/module/iax/parameters/poll_us
iaxctl lose-interrupts=1000
before
load 4 256
since "no interrupts" 256
expect_ge "lost interrupts" $lost 1
expect_le "lost interrupts" $lost 8
expect_ge "times slept" $slept 32
iaxctl lose-interrupts=0 extra-ns=0
before
load 16 1024
since "interrupts again" 1024
expect_eq "errors" "$(ix_stat errors)" 0
expect_eq "timeouts" "$(ix_stat timeouts)" 0
ix_no_errors
ix_unload
