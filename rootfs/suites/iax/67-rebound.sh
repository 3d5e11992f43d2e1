#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A WQ is reset because of timeouts, and an administrator unbinds and binds it just before
# the driver re-enables it: it stays bound. zmem_delay extends that moment.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
hits() { cat /sys/module/zmem_delay/parameters/hits; }
reset_done() { [ "$(cat $dsa/devices/wq0.0/state)" = disabled ] && [ -e $dsa/drivers/iax/wq0.0 ]; }
ix_load 1
ix_zswap
ix_deadline 200
# workers run on the other CPU
echo 1 > /sys/devices/virtual/workqueue/cpumask || fail "the affinity of workers cannot be set"
run taskset -p 2 $$ > /dev/null
load_on
tried=0
for at in device_release_driver iax:iax_reenable_work iax:iax_reenable_work iax:iax_reenable_work; do
	insmod /lib/zmem_delay.ko symbol=$at comm=kworker us=4000000 sleep=1 || fail "no zmem_delay"
	resets=$(ix_stat wq_resets)
	run iaxctl stall-engines=0xff
	wait_for "a reset" ix_stat_above wq_resets "$resets"
	run iaxctl stall-engines=0
	for _ in $(seq 20); do
		! reset_done || break
		sleep 0.05
	done
	attr $dsa/drivers/iax/unbind wq0.0
	ix_bind wq0.0 64
	early=$(hits)
	sleep 5
	[ -e $dsa/drivers/iax/wq0.0 ] || fail "$at: wq0.0 has lost its driver"
	wait_for "$at: compressions" ix_works wq0.0 "$(ix_done wq0.0)"
	echo "# $at: $early delays before it was bound, $(hits) in all"
	case $at in
	iax:*) [ "$early" != 0 ] || [ "$(hits)" = 0 ] || tried=$((tried + 1)) ;;
	esac
	run rmmod zmem_delay
	[ $tried = 0 ] || break
done
load_off
expect_ge "WQs bound before the driver re-enabled them" $tried 1
echo 3 > /sys/devices/virtual/workqueue/cpumask
run taskset -p 3 $$ > /dev/null
ix_no_errors
zswap_empty
zswap_set compressor lzo
ix_unload
