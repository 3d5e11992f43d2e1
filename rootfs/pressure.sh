# SPDX-License-Identifier: GPL-2.0-only
# pressure.sh: memory that somebody else than its owner swaps out.  Sourced after lib.sh.
# shellcheck shell=sh

# filled GROUP ZPAGES-OPTIONS...: memory that is not swapped out yet; its process is $pid,
# and goes on when /tmp/filled exists
filled() {
	rm -f /tmp/filled /tmp/filled.ready
	sh -c 'echo 0 > "$1/cgroup.procs"; shift; exec zpages -W /tmp/filled "$@"' sh "$@" > /tmp/out 2>&1 &
	pid=$!
	until [ -e /tmp/filled.ready ]; do
		kill -0 $pid 2> /dev/null || fail "memory is not filled: $(cat /tmp/out)"
		sleep 0.1
	done
}

# kswapd_swaps PAGES: the kernel is short of memory until it has swapped out so many by
# itself.  Only this takes locks below fs_reclaim: MADV_PAGEOUT and groups do not.
kswapd_swaps() {
	min=/proc/sys/vm/min_free_kbytes before=$(vmstat pgsteal_kswapd)
	cat $min > /tmp/min_free
	awk '$1 == "MemFree:" { print int($2 * 0.85) }' /proc/meminfo > $min
	for _ in $(seq 300); do
		swapped=$(($(vmstat pgsteal_kswapd) - before))
		[ $swapped -lt "$1" ] || break
		sleep 0.1
	done
	cat /tmp/min_free > $min
	expect_ge "pages that kswapd took" $swapped "$1"
}
