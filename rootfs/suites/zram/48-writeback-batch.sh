#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Writeback of 512 pages allocates a limited number of pages, whatever the value of
# writeback_batch_size.
# SHORT: 7.3
. /zmem/lib.sh
modprobe zram num_devices=1
[ -e $z0/writeback_batch_size ] || skip "no writeback_batch_size"
allocated() { awk '/^pgalloc_/ { n += $2 } END { print n }' /proc/vmstat; }
echo /dev/vdb > $z0/backing_dev || fail "no backing device"
zram_on 16M lz4
dd if=/dev/urandom of=/tmp/data bs=64k count=32 2> /dev/null
taken=0
for size in 1 100 1024 20000 4294967295; do
	dd if=/tmp/data of=/dev/zram0 bs=64k oflag=direct 2> /dev/null || fail "dd"
	if ! echo $size 2> /dev/null > $z0/writeback_batch_size; then
		echo "# $size is refused"
		[ $size -gt 1024 ] || fail "a batch of $size is refused"
		continue
	fi
	kills=$(vmstat oom_kill) before=$(allocated)
	run sh -c "echo huge > $z0/writeback"
	pages=$(($(allocated) - before))
	echo "# batches of $size: $pages pages allocated"
	expect_eq "processes killed" $(($(vmstat oom_kill) - kills)) 0
	expect_le "pages allocated with batches of $size" $pages 4000
	read -r count _ < $z0/bd_stat
	expect_eq "pages on the backing device" "$count" 512
	taken=$((taken + 1))
done
expect_ge "sizes tried" $taken 3
if echo 0 2> /dev/null > $z0/writeback_batch_size; then fail "batches of 0 were taken"; fi
cmp -n 2097152 /tmp/data /dev/zram0 || fail "contents changed"
zram_off
