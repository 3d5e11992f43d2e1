#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Memory compaction and CMA allocations migrate pages of the pool while they are in use.
# SHORT: 6.12
. /zmem/lib.sh
zram_on 128M zstd
moved=$(vmstat pgmigrate_success)
zio -m 64 -t "$(amount 8 4)" -j 2 /dev/zram0 > /tmp/out &
load=$!
[ -e /proc/sys/vm/compact_memory ] || fail "no compact_memory"
cma=$(find /sys/kernel/debug/cma -name alloc 2> /dev/null | head -n 1)
while kill -0 $load 2> /dev/null; do
	echo 1 > /proc/sys/vm/compact_memory
	if [ -n "$cma" ]; then
		echo 2048 > "$cma" 2> /dev/null && echo 2048 > "${cma%alloc}free"
	fi
done
wait $load
expect_eq "status of the load" $? 0
cat /tmp/out
expect_gt "pages migrated" $(($(vmstat pgmigrate_success) - moved)) 50
zram_off
