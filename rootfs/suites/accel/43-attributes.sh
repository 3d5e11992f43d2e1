#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Attributes of a WQ and of a device are written while a driver is being bound: the write
# either comes first or is rejected. zmem_delay extends the race window.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
portals() { grep -c idxd-portal /proc/interrupts; }
hits() { cat /sys/module/zmem_delay/parameters/hits; }
begun() { [ "$(hits)" -ge 1 ]; }
# late FILE VALUE: writes in the background, from a process that zmem_delay delays by name, on
# the first CPU, which is busy during the delay
cat > /tmp/late << 'END'
#!/bin/sh
echo "$2" > "$1"
END
chmod +x /tmp/late
late() {
	taskset 1 /tmp/late "$@" 2> /dev/null &
	late=$!
}

run taskset -p 2 $$ > /dev/null
iaa_unload
modprobe idxd tc_override=1 || fail "idxd does not load"
iax_up iax0
iax_blank iax0
insmod /lib/zmem_hold.ko || fail "no zmem_hold"
iax_config iax0 1
wq=$dsa/devices/wq0.0
tc=$dsa/devices/iax0/group0.0/traffic_class_a

# The device is being enabled; its group configuration has been written already.
# Released kernels wait for a command without a time limit.
for symbol in wait_for_completion_timeout wait_for_completion; do
	attr "$tc" 1
	insmod /lib/zmem_delay.ko symbol=$symbol comm=late us=1900000 || fail "no zmem_delay"
	late $dsa/drivers/idxd/bind iax0
	sleep 0.7
	echo 3 2> /dev/null > "$tc" && taken=yes || taken=no
	wait $late || fail "iax0 cannot be bound"
	delays=$(hits)
	run rmmod zmem_delay
	[ "$delays" = 0 ] || break
	attr $dsa/drivers/idxd/unbind iax0
	iax_config iax0 1
done
expect_ge "delays of the device" "$delays" 1
expect_is "traffic class written to a device with a driver" $taken no
expect_eq "traffic class" "$(cat "$tc")" 1
echo 3 2> /dev/null > "$tc" && fail "the traffic class of an enabled device was written"

# A driver is bound to the WQ while its type is written. Writing the type clears the name, so
# binding fails if the write comes first.
attr $wq/driver_name hold
insmod /lib/zmem_delay.ko symbol=sysfs_streq comm=late us=500000 || fail "no zmem_delay"
late $wq/type user
# the value is compared three times before it is written
wait_for "the first delay" begun
echo wq0.0 2> /dev/null > $dsa/drivers/hold/bind && bound=yes || bound=no
wait $late
expect_ge "delays of the type" "$(hits)" 2
run rmmod zmem_delay
type=$(cat $wq/type)
echo "# bound: $bound, type: $type"
[ $bound = no ] || attr $dsa/drivers/hold/unbind wq0.0
expect_eq "interrupts of WQs without a driver" "$(portals)" 0
[ $bound = no ] || expect_is "type of a WQ with a driver" "$type" kernel

# No attribute can be written while a driver is bound.
wq_config iax0 0 64
attr $wq/driver_name hold
attr $dsa/drivers/hold/bind wq0.0
expect_eq "interrupts of a WQ with a driver" "$(portals)" 1
for a in type=user name=x driver_name=x mode=shared group_id=-1 size=16 priority=1 max_transfer_size=4096; do
	echo "${a#*=}" 2> /dev/null > "$wq/${a%%=*}" && fail "$a was written to a WQ with a driver"
done
attr $dsa/drivers/hold/unbind wq0.0
expect_eq "interrupts after all" "$(portals)" 0
attr $dsa/drivers/idxd/unbind iax0
rmmod zmem_hold && rmmod idxd || fail "a driver is still in use"
run taskset -p 3 $$ > /dev/null
