#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A WQ that was reset because of timeouts is disabled, but still bound. Its attributes cannot
# be written in this state; otherwise its interrupt and memory would be leaked when it is
# unbound. zmem_delay extends the state.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
portals() { grep -c idxd-portal /proc/interrupts; }
wq=$dsa/devices/wq0.0
in_between() { [ "$(cat $wq/state)" = disabled ] && [ -e $dsa/drivers/iax/wq0.0 ]; }
delayed() { [ "$(cat /sys/module/zmem_delay/parameters/hits)" -ge 1 ]; }
# hang ATTRIBUTE=VALUE...: writes attributes of a WQ that was reset; $taken lists those that
# were accepted
hang() {
	insmod /lib/zmem_delay.ko symbol=iax:iax_reenable_work comm=kworker us=2000000 || fail "no zmem_delay"
	resets=$(ix_stat wq_resets)
	run iaxctl stall-engines=0xff
	wait_for "a reset" ix_stat_above wq_resets "$resets"
	wait_for "the end of the reset" in_between
	taken=
	for a; do
		echo "${a#*=}" 2> /dev/null > "$wq/${a%%=*}" && taken="$taken $a"
	done
	run iaxctl stall-engines=0
	wait_for "the end of the delay" delayed
	sleep 1
	run rmmod zmem_delay
}
ix_load 1
ix_zswap
ix_deadline 200
# workers run on the other CPU
echo 1 > /sys/devices/virtual/workqueue/cpumask || fail "the affinity of workers cannot be set"
run taskset -p 2 $$ > /dev/null
load_on
hang type=user
load_off
[ ! -e $dsa/drivers/iax/wq0.0 ] || attr $dsa/drivers/iax/unbind wq0.0
expect_eq "interrupts of WQs without a driver" "$(portals)" 0
expect_is "types written" "$taken" ""
ix_bind wq0.0 64
load_on
hang name=x driver_name=x mode=shared group_id=-1 size=16 priority=1 max_transfer_size=4096 type=none
expect_is "attributes written" "$taken" ""

# continuous writes do not succeed either
(while [ ! -e /tmp/stop ]; do echo user; done 2> /dev/null > $wq/type) &
writer=$!
for _ in 1 2; do
	hang
	wait_for "the WQ" ix_back
done
load_off
wait $writer
echo 3 > /sys/devices/virtual/workqueue/cpumask
run taskset -p 3 $$ > /dev/null
ix_unplug 0 0
expect_eq "interrupts without a device" "$(portals)" 0
ix_plug 0 0
ix_given iax0
load_on
wait_for "compressions" ix_works wq0.0
load_off
ix_no_errors
zswap_empty
zswap_set compressor lzo
ix_unload
