#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Pages that are read ahead from zswap and mapped by nobody can be swapped out again.
# zswap keeps no copy of what it has loaded, so such a page is dirty swap cache: reclaim
# must store it, not put it back on the active list.  All data is compared afterwards.
# SHORT: 7.3
. /zmem/lib.sh
swap_disk
zswap_on lz4
zswap_set max_pool_percent 50
pages=$(amount 2048 1024)
mkdir $cg/t-cache

# group ZPAGES-OPTIONS...: run zpages in the group; its process is $pid
group() {
	rm -f /tmp/read.ready
	sh -c 'echo 0 > "$0/cgroup.procs"; exec zpages "$@"' $cg/t-cache "$@" > /tmp/out 2>&1 &
	pid=$!
}
finish() { # finish WHAT: it must end by itself, with the right data
	wait $pid
	expect_eq "status of $1 ($(cat /tmp/out))" $? 0
	grep -q data=equal /tmp/out || fail "$1: $(cat /tmp/out)"
}
cached() { mem_event t-cache swapcached | awk '{ print int($1 / 4096) }'; }

# Without a limit, what was read ahead is reclaimed on request: by MADV_WILLNEED, and by
# faults on every second page, which leave the pages between them unmapped.
for how in "-k anon -P" "-k shmem -P" "-k anon -e 2 -T"; do
	rm -f /tmp/read
	# shellcheck disable=SC2086
	group -m $((pages / 256)) -d text $how /tmp/read
	until [ -e /tmp/read.ready ]; do
		kill -0 $pid || fail "load ended: $(cat /tmp/out)"
		sleep 0.1
	done
	before=$(cached) out=$(mem_event t-cache zswpout) scan=$(mem_event t-cache pgscan)
	# those of faults: the half that is touched, and some that are not
	expect_ge "zpages $how: pages in the swap cache" "$before" $((pages / 2 + 128))
	# twice what is there, so that all is scanned; that less was reclaimed is an error
	echo $((pages * 4096 * 2)) > $cg/t-cache/memory.reclaim 2> /dev/null
	after=$(cached) out=$(($(mem_event t-cache zswpout) - out)) scan=$(($(mem_event t-cache pgscan) - scan))
	echo "zpages $how: $before pages in the swap cache, $after after memory.reclaim; $scan scanned, $out stored"
	# some may be busy in a batch of a processor
	expect_le "zpages $how: pages left in the swap cache" "$after" 64
	expect_ge "zpages $how: pages stored again" "$out" $((before / 2))
	: > /tmp/read
	finish "zpages $how"
done

# With a limit that the pages exceed, reading ahead kills nobody.
limit=$((pages * 5 / 1024))
echo ${limit}M > $cg/t-cache/memory.max
: > /tmp/read
for kind in anon shmem; do
	out=$(mem_event t-cache zswpout) in=$(mem_event t-cache zswpin)
	group -m $((pages / 128)) -k $kind -d text -P /tmp/read
	finish "zpages -k $kind in ${limit}M"
	in=$(($(mem_event t-cache zswpin) - in)) out=$(($(mem_event t-cache zswpout) - out))
	echo "$kind: $((pages * 2)) pages in ${limit}M: $in loaded, $out stored"
	# stored to be swapped out, and again to make room for what is read ahead
	expect_gt "$kind: pages stored" "$out" $((pages * 5 / 2))
done
expect_eq "tasks killed" "$(awk '$1 == "oom_kill" { print $2 }' $cg/t-cache/memory.events)" 0
zswap_empty
