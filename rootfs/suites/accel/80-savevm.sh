#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The VM is saved and loaded five times (three in a short run) while the device compresses
# pages: no descriptor is lost, and no byte changes.
# LIMIT: 300
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
swap_disk
iaa_load async_irq
zswap_on deflate-iaa
hmp() {
	qmp human-monitor-command "\"command-line\":\"$1\""
	case $answer in
	*[Ee]rror*) fail "$1: $answer" ;;
	esac
}
zswap_empty
# from earlier tests: a halt terminates descriptors without completing them
open=$(open_jobs)
bg zpages -m 24 -d text -t 60 -j 2
load=$!
trap bg_stop EXIT
before=$(iax_stat submitted)
n=0
while [ $n -lt "$(amount 5 3)" ]; do
	sleep 1
	# the registers of the test BAR are not part of the saved state
	run iaxctl late-ns=1
	hmp "savevm s$n"
	if [ "$(iaxctl late-ns)" = 1 ]; then
		# let the guest run on before it goes back to the saved state
		sleep 1
		run iaxctl late-ns=2
		hmp "loadvm s$n"
		fail "loadvm has not restored the state"
	fi
	n=$((n + 1))
	echo "# loaded, $(($(iax_stat submitted) - before)) descriptors so far"
	hmp "delvm s$((n - 1))"
done
kill -0 $load 2>/dev/null || fail "the load has ended before its time"
sleep 2
kill -TERM $load
wait $load
status=$?
[ $status = 143 ] || fail "the load ended with status $status"
run zpages -m 8 -d text -p 80
zswap_empty
expect_eq "descriptors that are not complete" $(($(open_jobs) - open)) 0
zswap_set compressor lzo
iaa_unload
