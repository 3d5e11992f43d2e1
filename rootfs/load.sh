# SPDX-License-Identifier: GPL-2.0-only
# load.sh: swapping that goes on while a test does something else
# shellcheck shell=sh

# load_on [ARGUMENT...]: swapping until it is told to stop, every byte compared.  By
# default from three threads, nice, so that what goes on beside it is not kept waiting;
# ARGUMENTs are those of zpages
load_on() {
	rm -f /tmp/stop /tmp/bad
	[ $# -gt 0 ] || set -- -g -m "$(amount 8 4)" -d text -n 2 -j 3
	(
		while [ ! -e /tmp/stop ]; do
			zpages "$@" > /tmp/out || { echo "status $?" > /tmp/bad; break; }
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
