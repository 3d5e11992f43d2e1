#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Verified random I/O of 4K to 128K through every backend; written data uses memory, and
# discarding everything frees it.
# SHORT: 6.12
. /zmem/lib.sh
modprobe zram num_devices=1
n=0
for a in $(tr -d '[]' < $z0/comp_algorithm); do
	zram_on 64M "$a"
	grep -q "\[$a\]" $z0/comp_algorithm || fail "$a is not in use"
	run zio -m 32 -n "$(amount 250 100)" -j 2 /dev/zram0
	expect_gt "$a: bytes stored" "$(mm_stat 1)" 1000000
	expect_gt "$a: gain, as orig - compr" $(($(mm_stat 1) - $(mm_stat 2))) 0
	blkdiscard /dev/zram0 || fail "blkdiscard"
	expect_eq "$a: bytes after discard" "$(mm_stat 1)" 0
	zram_off
	n=$((n + 1))
done
expect_ge "backends" $n 7
