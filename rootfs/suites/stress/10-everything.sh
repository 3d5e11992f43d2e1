#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Stores and loads through zswap and zram for MINUTES minutes, with everything at once
# that moves, frees or replaces something below them: compressor and pool switches,
# writeback, compaction, migration, CMA allocations, reset, recompression, dying cgroups
# and CPU hotplug.
# LIMIT: 400
# MINUTE: 65
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
seconds=$((${MINUTES:-1} * 60))
cpu=/sys/devices/system/cpu/cpu1/online
[ -e $cpu ] || fail "this test needs SMP=2 or more"
cma=$(find /sys/kernel/debug/cma -name alloc 2> /dev/null | head -n 1)
[ ! -e $thp ] || only_folios 64
swap_disk
zswap_on lz4
zswap_set max_pool_percent 20
store_folios Y
modprobe zram num_devices=2 || fail "no zram"
echo /dev/vdb > $z0/backing_dev || fail "no backing device"
echo "algo=zstd priority=1" > $z0/recomp_algorithm || fail "no second algorithm"
zram_on 64M lz4

stored=$(vmstat zswpout) moved=$(vmstat pgmigrate_success)
until=$(($(cut -d. -f1 /proc/uptime) + seconds))
goes_on() { [ "$(cut -d. -f1 /proc/uptime)" -lt "$until" ] && [ ! -e /tmp/st.failed ]; }
# once more and once more, as a process that counts the rounds in /tmp/st.ACTION
again() { # again ACTION
	(
		n=0
		while goes_on; do
			"$1" || { echo "$1" >> /tmp/st.failed; break; }
			n=$((n + 1))
			echo $n > "/tmp/st.$1"
		done
	) &
	loops="$loops $!"
}
actions='switches writeback moves recompression resets groups hotplug'
switches() {
	for c in zstd lzo lz4hc lz4 deflate lzo-rle; do
		zswap_on $c
		[ ! -e "$zp/zpool" ] || for p in $(pools); do zswap_set zpool "$p"; done
		sleep 0.2
	done
}
writeback() {
	echo Y > $zp/shrinker_enabled
	sleep 1
	echo N > $zp/shrinker_enabled
	echo all > $z0/idle
	echo idle > $z0/writeback 2> /dev/null
	sleep 1
}
moves() {
	echo 1 > $z0/compact
	echo 1 > /proc/sys/vm/compact_memory
	[ -z "$cma" ] || { echo 2048 > "$cma" 2> /dev/null && echo 2048 > "${cma%alloc}free"; }
	sleep 0.1
}
recompression() {
	echo all > $z0/idle
	echo "type=idle" > $z0/recompress 2> /dev/null
	echo "type=huge" > $z0/recompress 2> /dev/null
	sleep 0.5
}
resets() {
	alg=$(echo zstd deflate lz4 842 lzo | tr ' ' '\n' | shuf -n 1)
	echo "$alg" > /sys/block/zram1/comp_algorithm && echo 32M > /sys/block/zram1/disksize &&
		zio -m 8 -n 100 -j 2 /dev/zram1 > /tmp/st.reset.out && echo 1 > /sys/block/zram1/reset
}
# a group dies with pages in zswap, which are its parent's then
groups() {
	mkdir $cg/t-st && echo 2M > $cg/t-st/memory.zswap.max || return 1
	sh -c "echo \$\$ > $cg/t-st/cgroup.procs; exec zpages -m 8 -d half -f 64 -n 100" > /tmp/st.group.out &
	group=$!
	sleep 0.7
	kill -KILL $group
	wait $group 2> /dev/null
	! grep WRONG /tmp/st.group.out || return 1
	for _ in 1 2 3 4 5 6 7 8 9; do rmdir $cg/t-st 2> /dev/null && return 0; sleep 0.1; done
	rmdir $cg/t-st
}
hotplug() { echo 0 > $cpu && sleep 0.3 && echo 1 > $cpu && sleep 0.7; }

zpages -m 16 -d mix -t "$seconds" -j 2 > /tmp/st.pages &
pages=$!
# a page that does not compress keeps its whole folio out of zswap: none of these
zpages -m 16 -d text -f 64 -t "$seconds" > /tmp/st.folios &
folios=$!
zio -m 24 -t "$seconds" -j 2 /dev/zram0 > /tmp/st.zio &
io=$!
for what in $actions; do again $what; done
wait $pages || echo "zpages: $?" >> /tmp/st.failed
wait $folios || echo "zpages -f 64: $?" >> /tmp/st.failed
wait $io || echo "zio: $?" >> /tmp/st.failed
# shellcheck disable=SC2086  # words on purpose
wait $loops
cat /tmp/st.pages /tmp/st.folios /tmp/st.zio
for what in $actions; do
	echo "# $what: $(cat /tmp/st.$what)"
done
echo "# zswpout $(($(vmstat zswpout) - stored)), migrated $(($(vmstat pgmigrate_success) - moved)), zram's backing device $(cat $z0/bd_stat)"
[ ! -e /tmp/st.failed ] || fail "$(cat /tmp/st.failed)"
for what in $actions; do
	expect_gt "rounds of $what" "$(cat /tmp/st.$what)" 2
done
expect_gt "pages stored" $(($(vmstat zswpout) - stored)) 1000
expect_gt "pages migrated" $(($(vmstat pgmigrate_success) - moved)) 50
zswap_empty
zram_off
