#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Recompression, writeback, idle marking, compaction, changes of limits and reads of every
# attribute run at the same time, while the device is written, read and discarded.
# SHORT: 7.3
. /zmem/lib.sh
modprobe zram num_devices=1
echo lz4 > $z0/comp_algorithm
echo "algo=zstd priority=1" > $z0/recomp_algorithm || fail "no second algorithm"
echo /dev/vdb > $z0/backing_dev || fail "no backing device"
zram_on 64M
touch /tmp/go
again() { # again NAME: repeat that function in the background until /tmp/go is removed
	(
		n=0
		while [ -e /tmp/go ]; do "$1"; n=$((n + 1)); done
		echo "$1 $n" >> /tmp/rounds
	) 2> /dev/null &
	loops="$loops $!"
}
rm -f /tmp/rounds
marks() { echo all > $z0/idle; echo 1 > $z0/idle; sleep 0.05; }
recompression() { echo "type=idle" > $z0/recompress; echo "type=huge" > $z0/recompress; }
writeback() { echo idle > $z0/writeback; echo huge > $z0/writeback; }
one_slot() { echo "page_index=$((slot = (slot + 1) % 8192))" > $z0/writeback; sleep 0.02; }
limits() {
	echo 1000 > $z0/writeback_limit; echo 1 > $z0/writeback_limit_enable
	echo 512M > $z0/mem_limit; echo 0 > $z0/mem_used_max; echo 1 > $z0/compact
	echo 0 > $z0/writeback_limit_enable; echo 0 > $z0/mem_limit
	sleep 0.1
}
readers() { cat $z0/*_stat $z0/*_algorithm $z0/writeback_* $z0/backing_dev /sys/kernel/debug/zram/zram0/block_state > /dev/null; sleep 0.05; }
actions="marks recompression writeback one_slot limits readers"
for a in $actions; do again $a; done
zio -m 24 -t "$(amount 15 6)" -j 2 -r 20 /dev/zram0 > /tmp/out
load=$?
rm /tmp/go
# shellcheck disable=SC2086
wait $loops
cat /tmp/out
expect_eq "status of the load" $load 0
sed 's/^/# /' /tmp/rounds
expect_eq "loops that have ended" "$(wc -l < /tmp/rounds)" 6
expect_eq "loops that did nothing" "$(awk '$2 < 1' /tmp/rounds | wc -l)" 0
read -r _ _ written < $z0/bd_stat
expect_gt "pages written to the backing device" "$written" 20
zram_off
