#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Reading or writing a page clears its idle mark and no other mark: of 512 idle pages,
# 128 are read and 128 written, and only the other 256 are written back.
# SHORT: 6.12
. /zmem/lib.sh
modprobe zram num_devices=1
echo /dev/vdb > $z0/backing_dev || fail "no backing device"
zram_on 64M lz4
seq 1 400000 | head -c 2097152 > /tmp/data
copy() { dd bs=4k conv=notrunc "$@" 2> /dev/null || fail "dd $*"; }
copy if=/tmp/data of=/dev/zram0 oflag=direct
expect_eq "bytes stored" "$(mm_stat 1)" 2097152
echo all > $z0/idle
copy if=/dev/zram0 of=/dev/null count=128 iflag=direct
copy if=/tmp/data of=/dev/zram0 skip=128 seek=128 count=128 oflag=direct
echo idle > $z0/writeback || fail "writeback of idle pages"
read -r count _ < $z0/bd_stat
expect_eq "pages on the backing device" "$count" 256
cmp -n 2097152 /tmp/data /dev/zram0 || fail "contents changed"
zram_off
