# SPDX-License-Identifier: GPL-2.0-only
# apart.sh: a test is not kept up by what it has delayed
# shellcheck shell=sh

# apart: idxd's interrupt of errors and halts, and the work that it begins, on the first
# processor, and whoever calls this on the second
apart() {
	irq=$(awk '/idxd-misc/ { sub(":", "", $1); print $1; exit }' /proc/interrupts)
	echo 1 > "/proc/irq/$irq/smp_affinity" || fail "the interrupt stays where it is"
	run taskset -p 2 $$ > /dev/null
}
together() { run taskset -p 3 $$ > /dev/null; }

# hits: how often zmem_delay has delayed
hits() { cat /sys/module/zmem_delay/parameters/hits; }
