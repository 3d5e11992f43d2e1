#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Recompression with a second algorithm while the device is written and read.
. /zmem/lib.sh
modprobe zram num_devices=1
echo lz4 > $z0/comp_algorithm
echo "algo=zstd priority=1" > $z0/recomp_algorithm || fail "no second algorithm"
zram_on 64M
zio -m 32 -t "$(amount 8 4)" -j 2 /dev/zram0 > /tmp/out &
load=$!
n=0
while kill -0 $load 2> /dev/null; do
	echo all > $z0/idle
	echo "type=idle" > $z0/recompress
	echo "type=huge" > $z0/recompress
	n=$((n + 1))
done
wait $load
expect_eq "status of the load" $? 0
cat /tmp/out
expect_gt "rounds of recompression" $n 1
# flag r: recompressed with the second algorithm
echo all > $z0/idle
run sh -c "echo type=idle > $z0/recompress"
expect_gt "pages recompressed" "$(awk '$3 ~ /r/' /sys/kernel/debug/zram/zram0/block_state | wc -l)" 100
zram_off
