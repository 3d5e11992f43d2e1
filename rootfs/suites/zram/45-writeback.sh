#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Idle and incompressible pages are written to a backing device and read back unchanged.
# SHORT: 6.12
. /zmem/lib.sh
modprobe zram num_devices=1
echo /dev/vdb > $z0/backing_dev || fail "no backing device"
zram_on 64M lz4
run zio -m 32 -n "$(amount 400 150)" -D -r 40 /dev/zram0
sum=$(md5sum < /dev/zram0)
echo all > $z0/idle
echo huge > $z0/writeback || fail "writeback of huge pages"
echo idle > $z0/writeback || fail "writeback of idle pages"
read -r count _ < $z0/bd_stat
expect_gt "pages on the backing device" "$count" 500
echo 3 > /proc/sys/vm/drop_caches
[ "$(md5sum < /dev/zram0)" = "$sum" ] || fail "contents changed by writeback"
zram_off
