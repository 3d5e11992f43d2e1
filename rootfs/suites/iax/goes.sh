# SPDX-License-Identifier: GPL-2.0-only
# goes.sh: the device goes and comes back under load, CYCLES times (twice in a short
# run).  No error reaches a reader, and every time the device works again.  The test has
# goes_away(), which makes it go and come once.
# shellcheck shell=sh
. /zmem/suites/iax/iax.sh

given_back() {
	ix_queues iax0 1
	ix_bound
}
# taken off its driver, and given back
off_and_on() {
	attr $dsa/drivers/idxd/unbind iax0
	given_back
}
# idxd has found the device; what an administrator does then
comes() {
	iax_up iax0
	iax_blank iax0
	given_back
}

# goes_on KIND: the whole test
goes_on() {
	ix_load
	ix_zswap
	echo 300 > /sys/module/iax/parameters/deadline_ms
	pci=$(pci_of iax0)
	attr "/sys/bus/pci/devices/$pci/reset_method" flr
	load_on
	for i in $(seq "$(amount "$CYCLES" 2)"); do
		goes_away
		[ ! -e /tmp/bad ] || fail "$1, $i: the load has ended with $(cat /tmp/bad): $(cat /tmp/out)"
		wait_for "$1, $i: compressions" ix_stat_above compressed $(($(ix_stat compressed) + 20))
	done
	load_off
	echo "# $1: came back $i times"
	ix_no_errors
	grep ^all $ix
	zswap_empty
	zswap_set compressor lzo
	ix_unload
}
