# SPDX-License-Identifier: GPL-2.0-only
# apart.sh: keeps delayed functions off the CPU of the test
# shellcheck shell=sh

# apart: moves the misc interrupt of idxd, and the work that it queues, to the first CPU and the
# caller to the second
apart() {
	irq=$(awk '/idxd-misc/ { sub(":", "", $1); print $1; exit }' /proc/interrupts)
	echo 1 > "/proc/irq/$irq/smp_affinity" || fail "the affinity of the interrupt cannot be set"
	run taskset -p 2 $$ > /dev/null
}
together() { run taskset -p 3 $$ > /dev/null; }

# hits: number of delays by zmem_delay
hits() { cat /sys/module/zmem_delay/parameters/hits; }
