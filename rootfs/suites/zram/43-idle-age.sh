#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Marking pages idle by age: an age that overflows when it is converted to
# nanoseconds is refused or marks no page, and an age above the time since boot
# removes all marks.
. /zmem/lib.sh
modprobe zram num_devices=1
state=/sys/kernel/debug/zram/zram0/block_state
[ -e $state ] || skip "no CONFIG_ZRAM_MEMORY_TRACKING"
zram_on 16M lz4
seq 1 400000 | dd of=/dev/zram0 bs=4k count=256 iflag=fullblock oflag=direct 2> /dev/null || fail "dd"
idle() { awk '$3 ~ /i/' $state | wc -l; }
expect_eq "idle pages after the write" "$(idle)" 0
sleep 2
# in 64 bits these become 0.3 s, 2^63 ns and more, and -1 s
for age in 18446744074 13835058055 18446744073709551615; do
	echo $age > $z0/idle 2> /tmp/err && : > /tmp/err
	expect_eq "pages that are idle for $age s ($(cat /tmp/err))" "$(idle)" 0
done
echo 1 > $z0/idle || fail "an age of 1 s is refused"
expect_eq "pages that are idle for 1 s" "$(idle)" 256
# a higher age removes marks, also one above the time since boot
for age in 3600 1000000 18446744073709551615; do
	echo all > $z0/idle
	expect_eq "pages marked by 'all'" "$(idle)" 256
	echo $age > $z0/idle 2> /dev/null || continue
	expect_eq "pages that are idle for $age s after 'all'" "$(idle)" 0
done
zram_off
