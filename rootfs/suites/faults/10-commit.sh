#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Commits the fault named by FAULT in /zmem/run/env, for make selftest.
# LIMIT: 60
. /zmem/lib.sh
. /zmem/run/env
direct=/sys/kernel/debug/provoke-crash/DIRECT
# until_reported TEXT: who hangs lets no guest end in order
until_reported() {
	for _ in $(seq 50); do
		dmesg | grep -q "$1" && break
		sleep 0.5
	done
	# the report to its end
	sleep 1
	echo b > /proc/sysrq-trigger
}
case $FAULT in
abba | softirq | sleep | uaf | race | lockdep-off | leak | unmap)
	insmod /lib/zmem_faults.ko fault="$FAULT" || fail "the module refuses $FAULT"
	run rmmod zmem_faults
	;;
HUNG_TASK)
	echo 5 > /proc/sys/kernel/hung_task_timeout_secs
	echo HUNG_TASK > $direct &
	until_reported 'blocked for more than'
	;;
SOFTLOCKUP)
	echo 4 > /proc/sys/kernel/watchdog_thresh
	echo SOFTLOCKUP > $direct &
	until_reported 'soft lockup'
	;;
INIT_EXITS)
	kill -SEGV 1
	echo c > /proc/sysrq-trigger
	;;
HANG)
	# nothing moves any more and nobody says so
	echo 0 > /proc/sys/kernel/watchdog
	cat /dev/port-status
	sleep 1000
	;;
busy)
	# what outlives the test keeps its device
	modprobe zram num_devices=1 || fail "no zram"
	setsid sh -c 'exec 3< /dev/zram0; echo > /tmp/holds; sleep 1000' > /dev/null 2>&1 &
	wait_for "the holder" test -e /tmp/holds
	;;
NONE) ;;
*)
	echo "$FAULT" > $direct
	sleep 1
	;;
esac
exit 0
