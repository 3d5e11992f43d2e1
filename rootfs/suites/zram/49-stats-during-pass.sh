#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Attributes can be read while pages are written back to a slow device (null_blk, 2 ms
# per page) or recompressed slowly (zmem_delay), on 7.3 also while a reset waits for the
# end of the pass.  Setting the writeback limit to 0 ends a running writeback.
# SHORT: 7.3
. /zmem/lib.sh
modprobe null_blk nr_devices=1 queue_mode=2 irqmode=2 completion_nsec=2000000 memory_backed=1 gb=1 bs=4096 hw_queue_depth=1 || fail "no null_blk"
modprobe zram num_devices=1
ms() { awk '{ printf "%d", $1 * 1000 }' /proc/uptime; }
ready() { # a device with 8 MiB of pages that do not compress
	[ ! -e $z0/writeback_batch_size ] || echo 1 > $z0/writeback_batch_size
	echo /dev/nullb0 > $z0/backing_dev || fail "no backing device"
	echo "algo=zstd priority=1" > $z0/recomp_algorithm || fail "no second algorithm"
	zram_on 32M lz4
	dd if=/dev/urandom of=/dev/zram0 bs=64k count=128 oflag=direct 2> /dev/null || fail "dd"
}
reads() { # reads WHEN: read every attribute while the pass (process $w) is running
	t=$(ms)
	cat $z0/*_stat $z0/*_algorithm $z0/initstate $z0/disksize $z0/backing_dev $z0/writeback_limit* > /dev/null || fail "reading"
	t=$(($(ms) - t))
	kill -0 $w 2> /dev/null || fail "the pass ended before all was read $1 ($t ms)"
	echo "# $t ms to read all $1"
	expect_le "ms to read all $1" $t 1500
}
pass() { # pass ATTRIBUTE VALUE: start a pass in the background; $w is its process
	sh -c "echo '$2' 2> /dev/null > $z0/$1" & w=$!
	sleep 0.3
}

ready
pass writeback huge
reads "during writeback"
wait $w || fail "writeback ended with $?"
read -r count _ < $z0/bd_stat
expect_eq "pages written" "$count" 2048
zram_off

# a writeback limit of 0 stops it
ready
pass writeback huge
t=$(ms)
echo 0 > $z0/writeback_limit && echo 1 > $z0/writeback_limit_enable || fail "budget refused"
expect_le "ms to set a budget" $(($(ms) - t)) 1500
if wait $w; then fail "writeback went on without a budget"; fi
read -r count _ < $z0/bd_stat
echo "# $count pages written before the budget ended"
expect_gt "pages written before" "$count" 0
expect_gt "pages left" $((2048 - count)) 0
zram_off

# recompression of 2048 pages, 2 ms each
insmod /lib/zmem_delay.ko symbol=zcomp_compress comm=sh us=2000 || fail "no zmem_delay"
ready
pass recompress type=huge
reads "during recompression"
wait $w || fail "recompression ended with $?"
run rmmod zmem_delay
zram_off

kernel_is 7 || exit 0
ready
pass writeback huge
sh -c "echo 1 > $z0/reset" & r=$!
sleep 0.2
reads "while a reset waits"
kill -0 $r 2> /dev/null || fail "reset did not wait for the end of the pass"
wait $w || fail "writeback ended with $?"
wait $r || fail "reset ended with $?"
expect_eq "initstate" "$(cat $z0/initstate)" 0
