#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A disksize with more slots than the driver can index is refused with -EINVAL.
# If the number of slots is truncated instead, the table on 32 bits is too small
# and writes to later blocks go beyond its end; on 64 bits the blocks from 16 TiB
# on alias the blocks from 0 on.
. /zmem/lib.sh
modprobe zram num_devices=1
case $(uname -m) in i?86) bits=32 ;; *) bits=64 ;; esac
# 16 TiB and 4 MiB, which is 1,024 slots more than 32 bits can index; 16 TiB; and
# a size that overflows to 0 when it is rounded up to pages
for size in 17592190238720 17592186044416 18446744073709551615; do
	if echo $size > $z0/disksize 2> /tmp/err; then
		echo "# taken: disksize $(cat $z0/disksize), disk of $(cat $z0/size) sectors"
		dd if=/dev/urandom of=/dev/zram0 bs=4096 count=1 seek=200000 oflag=direct 2> /dev/null
		echo "# write to block 200000: status $?"
		fail "disksize $size is taken"
	fi
	echo "# $size: $(cat /tmp/err)"
	expect_eq "disksize" "$(cat $z0/disksize)" 0
	# 7.3 indexes slots with an unsigned long
	[ $bits = 64 ] && ! kernel_is 6.12 && [ $size != 18446744073709551615 ] && continue
	grep -q "Invalid argument" /tmp/err || fail "disksize $size is refused for another reason"
done
zram_on 16M lz4
run zio -m 8 -n 50 /dev/zram0
zram_off
