#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A file system on zram. The kernel's own zram01 and zram02 are not used: they print
# FAIL but exit with status 0, and they need tools that busybox does not have. This
# test and 25-swap.sh cover the same and can fail.
# SHORT: 6.12
. /zmem/lib.sh
zram_on "$(amount 64 24)M" zstd
mke2fs -b 4096 /dev/zram0 > /dev/null || fail "mke2fs"
mount -t ext4 /dev/zram0 /mnt || fail "mount"
mkdir /mnt/d
cp /bin/busybox /mnt/d/a || fail "cp"
dd if=/dev/urandom of=/mnt/d/b bs=1M count="$(amount 8 6)" 2> /dev/null
sum=$(cat /mnt/d/* | md5sum)
umount /mnt && mount -t ext4 /dev/zram0 /mnt || fail "remount"
[ "$(cat /mnt/d/* | md5sum)" = "$sum" ] || fail "contents changed"
cmp /bin/busybox /mnt/d/a || fail "contents changed"
# a full file system gives an error to the writer and changes no other file
dd if=/dev/urandom of=/mnt/d/full bs=1M count=100 2> /dev/null && fail "100 MiB fit"
cmp /bin/busybox /mnt/d/a || fail "contents changed when full"
run umount /mnt
expect_gt "huge pages of random data" "$(mm_stat 8)" 1000
zram_off
