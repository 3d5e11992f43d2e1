# SPDX-License-Identifier: GPL-2.0-only
# load.sh: swapping that goes on while a test does something else
# shellcheck shell=sh

# swapping from three threads until it is told to stop, every byte compared; nice, so
# that what goes on beside it is not kept waiting
load_on() {
	rm -f /tmp/stop /tmp/bad
	(
		while [ ! -e /tmp/stop ]; do
			zpages -g -m "$(amount 8 4)" -d text -n 2 -j 3 > /tmp/out || { echo "status $?" > /tmp/bad; break; }
		done
	) &
	load=$!
}
load_off() {
	touch /tmp/stop
	wait $load
	cat /tmp/out
	[ ! -e /tmp/bad ] || fail "the load ended with $(cat /tmp/bad)"
}
