#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Compaction moves at most 16 objects before it drops the locks of the pool, with which
# preemption is disabled.  The locks are counted, since times vary on an emulated machine.
. /zmem/lib.sh
case $(uname -v) in *PREEMPT_RT*) skip "the locks of the pool do not disable preemption on PREEMPT_RT" ;; esac
calls=/sys/module/zmem_calls/parameters/calls
mib=8
zram_on 64M lz4
# small objects, so that a zspage holds many: a period of 7 bytes, since zram stores a page
# of equal words without an object
yes abcdef | head -c $((mib * 1048576)) > /tmp/data
run dd if=/tmp/data of=/dev/zram0 bs=64k oflag=direct 2> /dev/null
rm /tmp/data
used=$(($(mm_stat 3) / 4096)) objects=$((mib * 256))
# this shell compacts
insmod /lib/zmem_calls.ko symbol=_raw_write_lock pid=$$ || fail "no probe"
before=$(cat $calls)
echo 1 > $z0/compact
idle=$(($(cat $calls) - before))
expect_gt "locks of a compaction that finds nothing" "$idle" 10
# one of four objects stays in each zspage
i=0
while [ $i -lt $((objects / 4)) ]; do
	blkdiscard -o $((i * 16384 + 4096)) -l 12288 /dev/zram0 || fail "blkdiscard"
	i=$((i + 1))
done
before=$(cat $calls) compacted=$(mm_stat 7)
echo 1 > $z0/compact
drops=$(($(cat $calls) - before - idle)) freed=$(($(mm_stat 7) - compacted))
# of the objects that have stayed, those of the freed pages were moved
moved=$((freed * objects / used / 4))
echo "# $objects objects in $used pages, $freed pages freed, about $moved objects moved, locks dropped $drops times"
expect_gt "pages freed" "$freed" 5
# three quarters, as zspages do not have equal numbers of objects
expect_ge "times the locks were dropped" "$drops" $((moved * 3 / 4 / 16))
run rmmod zmem_calls
zram_off
