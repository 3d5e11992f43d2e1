# SPDX-License-Identifier: GPL-2.0-only
# goes.sh: DEVICES devices are removed and added under load, all at the same time, CYCLES
# times each (twice in a short run).  No load fails, and every device is used again each time.
# The test defines goes_away(), which removes and adds the function $pci, called $dev by
# idxd, once; or all_go(), which does so for all functions.
# shellcheck shell=sh
. /zmem/suites/iax/iax.sh

# unbinds the device from idxd and binds it again
off_and_on() {
	attr $dsa/drivers/idxd/unbind "$dev"
	ix_queues "$dev" 1
	ix_bound 1 "$dev"
}
# sets the device up again after idxd has found the function
comes() {
	wait_for "idxd to find $pci" ix_dev "$pci"
	ix_given "$dev"
}
# each COMMAND: runs it for all functions $pcis in parallel
each() {
	runs=
	for pci in $pcis; do
		(ix_dev "$pci"; "$@") &
		runs="$runs $!"
	done
	for run in $runs; do
		wait "$run" || fail "failed for one of $pcis"
	done
}
all_go() { each goes_away; }
functions() {
	pcis=
	for pci in /sys/bus/pci/devices/*; do
		read -r id < "$pci/device"
		[ "$id" != 0x0cfe ] || pcis="$pcis ${pci##*/}"
	done
}
# counters start at 0 when a WQ is bound; if it was not unbound, count from now
works_again() { wait_for "compressions of $pci" ix_works "wq${dev#iax}.0" "$(ix_done "wq${dev#iax}.0")"; }

# goes_on KIND: the test
goes_on() {
	ix_load
	ix_zswap
	ix_deadline 300
	ix_plug 1 $((DEVICES - 1))
	functions
	for pci in $pcis; do
		wait_for "idxd to find $pci" ix_dev "$pci"
		[ "$dev" = iax0 ] || ix_given "$dev"
		attr "/sys/bus/pci/devices/$pci/reset_method" flr
	done
	load_on
	for i in $(seq "$(amount "$CYCLES" 2)"); do
		all_go
		[ ! -e /tmp/bad ] || fail "$1, $i: the load has ended with $(cat /tmp/bad): $(cat /tmp/out)"
		each works_again
	done
	load_off
	echo "# $1: $DEVICES devices came back $i times"
	ix_no_errors
	grep ^all $ix
	zswap_empty
	zswap_set compressor lzo
	wait_for "the last user of iax" ix_gone
	ix_unplug 1 $((DEVICES - 1))
	ix_unload
}
