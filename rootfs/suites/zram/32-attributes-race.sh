#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every attribute is read and written while the device is reset and set up again with
# other algorithms, parameters, sizes and backing devices.
# LIMIT: 120
. /zmem/lib.sh
modprobe zram num_devices=1
state=/sys/kernel/debug/zram/zram0/block_state
: > /tmp/go
trap 'rm -f /tmp/go' EXIT
readers() {
	n=0
	while [ -e /tmp/go ]; do
		for f in $z0/recomp_algorithm $z0/comp_algorithm $z0/disksize $z0/initstate $z0/max_comp_streams \
			$z0/backing_dev $z0/writeback_limit $z0/writeback_limit_enable $z0/io_stat $z0/mm_stat \
			$z0/bd_stat $z0/debug_stat; do
			read -r line < "$f" && n=$((n + 1))
		done 2> /dev/null
	done
	echo $n > /tmp/reads
}
names() { # read recomp_algorithm more often, since a reset frees the names it shows
	n=0
	while [ -e /tmp/go ]; do
		read -r line < $z0/recomp_algorithm && n=$((n + 1))
	done
	echo $n > /tmp/names
}
states() {
	while [ -e /tmp/go ]; do cat $state > /dev/null 2>&1; done
}
writers() {
	n=0
	while [ -e /tmp/go ]; do
		for w in "64M mem_limit" "0 mem_limit" "0 mem_used_max" "all idle" "1 idle" "1 compact" "huge writeback" \
			"page_index=1023 writeback" "type=huge recompress" "type=idle priority=1 recompress" \
			"1 writeback_limit_enable" "1000 writeback_limit" "0 writeback_limit_enable"; do
			echo "${w% *}" > $z0/"${w##* }" && n=$((n + 1))
		done 2> /dev/null
	done
	echo $n > /tmp/writes
}
head -c 8192 /dev/urandom > /tmp/dict
readers & pids=$!
names & pids="$pids $!"
states & pids="$pids $!"
writers & pids="$pids $!"
resets=0
end=$(($(date +%s) + $(amount 15 8)))
while [ "$(date +%s)" -lt $end ]; do
	for alg in lz4 zstd; do
		echo 1 > $z0/reset 2> /dev/null || continue
		resets=$((resets + 1))
		echo /dev/vdb > $z0/backing_dev
		echo $alg > $z0/comp_algorithm
		echo "algo=zstd priority=1" > $z0/recomp_algorithm
		echo "algo=lzo-rle priority=3" > $z0/recomp_algorithm
		echo "algo=$alg priority=0 dict=/tmp/dict" > $z0/algorithm_params
		echo "algo=deflate priority=1" > $z0/recomp_algorithm
		# a large device, so that the next reset takes longer
		echo 256M > $z0/disksize || fail "disksize"
		dd if=/dev/urandom of=/dev/zram0 bs=64k count=8 oflag=direct 2> /dev/null
	done
done
rm -f /tmp/go
# shellcheck disable=SC2086
wait $pids
echo "# $resets resets, $(cat /tmp/reads) reads, $(cat /tmp/names) of the names, $(cat /tmp/writes) writes"
expect_gt "resets" $resets 4
expect_gt "reads of the names" "$(cat /tmp/names)" 20
expect_gt "writes" "$(cat /tmp/writes)" 20
zram_off || sleep 1
zram_on 16M lz4
run zio -m 8 -n 50 /dev/zram0
zram_off
