#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The interrupt of a command arrives when the next command is active already. It must not
# complete that one: unbinding a WQ waits for its descriptor. zmem_delay delays the interrupt
# thread.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
. /zmem/suites/accel/apart.sh
portals() { grep -c idxd-portal /proc/interrupts; }
iaa_unload
modprobe idxd || fail "idxd does not load"
iax_up iax0
iax_blank iax0
insmod /lib/zmem_hold.ko || fail "no zmem_hold"
iax_config iax0 1
# a descriptor that an earlier reset has discarded never completes
discarded=$(open_jobs)
tried=0
for round in 1 2 3; do
	wq_config iax0 0 64
	attr $dsa/devices/wq0.0/driver_name hold
	[ -e $dsa/drivers/idxd/iax0 ] || attr $dsa/drivers/idxd/bind iax0
	run iaxctl stall-engines=0xff
	apart
	insmod /lib/zmem_delay.ko symbol=idxd_misc_thread comm=irq/ us=3000000 sleep=1 || fail "no zmem_delay"
	# idxd gives up waiting for the interrupt of ENABLE_WQ after a second
	attr $dsa/drivers/hold/bind wq0.0
	rm -f /tmp/off
	(
		attr $dsa/drivers/hold/unbind wq0.0
		: > /tmp/off
	) &
	off=$!
	sleep 0.2
	# on a busy machine the interrupt may be handled before the DRAIN_WQ
	in_time=0
	[ "$(hits)" != 0 ] || in_time=1
	sleep $((3 * ${SLOW:-1}))
	expect_ge "$round: delays" "$(hits)" 1
	together
	ended=0
	[ ! -e /tmp/off ] || ended=1
	irqs=$(portals) jobs=$(($(open_jobs) - discarded))
	run iaxctl stall-engines=0
	wait_for "$round: the unbinding" test -e /tmp/off
	wait $off
	wait_for "$round: the last delay" rmmod zmem_delay
	expect_eq "$round: descriptors in the device" "$jobs" 1
	expect_eq "$round: WQs unbound with a descriptor in the device" $ended 0
	# the interrupt is freed after the drain
	expect_eq "$round: interrupts of a WQ that is being drained" "$irqs" 1
	expect_eq "$round: descriptors that have not completed" "$(open_jobs)" "$discarded"
	tried=$((tried + in_time))
	[ $tried -lt 1 ] || break
done
echo "# $tried of $round interrupts were late"
expect_ge "late interrupts" $tried 1
attr $dsa/drivers/idxd/unbind iax0
rmmod zmem_hold && rmmod idxd || fail "a driver is still in use"
