#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A WQ is unbound, which releases its interrupt handle, while another WQ of the device is being
# drained: the command waits for the drain, without using CPU time. zmem_delay makes sure
# that the drain comes first.
# LIMIT: 120
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
# replug [PROPERTY]: replaces the first device
replug() {
	qmp device_del '"id":"iax0"'
	wait_for "the removal" has_iax 0
	wait_for "the name iax0" qmp_takes device_add "\"driver\":\"intel-iax\",\"id\":\"iax0\",\"bus\":\"port0\",\"x-test-bar\":true$1"
	wait_for "the device" has_iax 1
}
# cpu_time PID: in 1/100 s
cpu_time() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
unbind_0() {
	attr $dsa/drivers/hold/unbind wq0.0
	: > /tmp/off
}

iaa_unload
replug ',"cmd-cap":true'
modprobe idxd || fail "idxd does not load"
iax_up iax0
iax_blank iax0
# each WQ has an engine of its own
for e in "$dsa"/devices/iax0/engine0.*; do
	case ${e##*.} in
	0 | 1) attr "$e/group_id" "${e##*.}" ;;
	*) attr "$e/group_id" -1 ;;
	esac
done
for q in 0 1; do
	wq_config iax0 $q 64
	attr $dsa/devices/wq0.$q/group_id $q
	attr $dsa/devices/wq0.$q/driver_name hold
done
insmod /lib/zmem_hold.ko || fail "no zmem_hold"
attr $dsa/drivers/idxd/bind iax0
run iaxctl stall-engines=1
for q in 0 1; do
	attr $dsa/drivers/hold/bind wq0.$q
done

cat > /tmp/late << 'END'
#!/bin/sh
echo wq0.1 > /sys/bus/dsa/drivers/hold/unbind
END
chmod +x /tmp/late
run taskset -p 2 $$ > /dev/null
insmod /lib/zmem_delay.ko symbol=free_irq comm=late us=3000000 sleep=1 || fail "no zmem_delay"
taskset 1 /tmp/late &
late=$!
# its drain has completed by now; the release of its interrupt handle comes next
sleep 0.7
rm -f /tmp/off
unbind_0 &
sleep 6
[ ! -e /tmp/off ] || fail "nothing was there to drain"
expect_eq "delays" "$(cat /sys/module/zmem_delay/parameters/hits)" 1
[ -e /proc/$late ] || fail "the handle was released during another command"
used=$(cpu_time $late)
run iaxctl stall-engines=0
wait_for "the end of the drain" test -e /tmp/off
wait $late || fail "wq0.1 cannot be unbound"
run rmmod zmem_delay
echo "# $used/100 s of CPU time"
expect_le "CPU time of an unbinding that waits, 1/100 s" "$used" 150
run taskset -p 3 $$ > /dev/null
attr $dsa/drivers/idxd/unbind iax0
rmmod zmem_hold && rmmod idxd || fail "a driver is still in use"
replug
