#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages that were read ahead from zswap and are not mapped can be swapped out again.
# zswap drops its copy of a page that it loads, so such a page is dirty swap cache:
# reclaim must store it, not put it back on the active list.  Every byte is compared.
# SHORT: 7.3
. /zmem/lib.sh
swap_disk
zswap_on lz4
zswap_set max_pool_percent 50
pages=$(amount 2048 1024)
mkdir $cg/t-cache

# group ZPAGES-OPTIONS...: start zpages in the group and set pid to its process
group() {
	rm -f /tmp/read.ready
	sh -c 'echo 0 > "$0/cgroup.procs"; exec zpages "$@"' $cg/t-cache "$@" > /tmp/out 2>&1 &
	pid=$!
}
finish() { # finish WHAT: wait for zpages; it must succeed with the right data
	wait $pid
	expect_eq "status of $1 ($(cat /tmp/out))" $? 0
	grep -q data=equal /tmp/out || fail "$1: $(cat /tmp/out)"
}
cached() { mem_event t-cache swapcached | awk '{ print int($1 / 4096) }'; }

# Without a limit, memory.reclaim reclaims pages that were read ahead, by MADV_WILLNEED
# or by faults on every second page, which leave the pages between them unmapped.
for how in "-k anon -P" "-k shmem -P" "-k anon -e 2 -T"; do
	rm -f /tmp/read
	# shellcheck disable=SC2086
	group -m $((pages / 256)) -d text $how /tmp/read
	until [ -e /tmp/read.ready ]; do
		kill -0 $pid || fail "load ended: $(cat /tmp/out)"
		sleep 0.1
	done
	before=$(cached) out=$(mem_event t-cache zswpout) scan=$(mem_event t-cache pgscan)
	# faults leave the touched half and some pages that were read ahead
	expect_ge "zpages $how: pages in the swap cache" "$before" $((pages / 2 + 128))
	# Ask for twice as much, so that all pages are scanned; the write then fails,
	# because less is reclaimed.
	echo $((pages * 4096 * 2)) > $cg/t-cache/memory.reclaim 2> /dev/null
	after=$(cached) out=$(($(mem_event t-cache zswpout) - out)) scan=$(($(mem_event t-cache pgscan) - scan))
	echo "zpages $how: $before pages in the swap cache, $after after memory.reclaim; $scan scanned, $out stored"
	# some may still be in a per-CPU batch
	expect_le "zpages $how: pages left in the swap cache" "$after" 64
	expect_ge "zpages $how: pages stored again" "$out" $((before / 2))
	: > /tmp/read
	finish "zpages $how"
done

# With a limit that the pages exceed, reading ahead must not invoke the OOM killer.
limit=$((pages * 5 / 1024))
echo ${limit}M > $cg/t-cache/memory.max
: > /tmp/read
for kind in anon shmem; do
	out=$(mem_event t-cache zswpout) in=$(mem_event t-cache zswpin)
	group -m $((pages / 128)) -k $kind -d text -P /tmp/read
	finish "zpages -k $kind in ${limit}M"
	in=$(($(mem_event t-cache zswpin) - in)) out=$(($(mem_event t-cache zswpout) - out))
	echo "$kind: $((pages * 2)) pages in ${limit}M: $in loaded, $out stored"
	# pages are stored once to be swapped out, and again to make room for readahead
	expect_gt "$kind: pages stored" "$out" $((pages * 5 / 2))
done
expect_eq "tasks killed" "$(awk '$1 == "oom_kill" { print $2 }' $cg/t-cache/memory.events)" 0
zswap_empty
