#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A buffer changes while it is written with O_DIRECT.  The written block may hold
# anything, but it must be readable, and no other block may change.
# A kernel that allocates an object for the length of one compression and stores
# the output of a second one corrupts other objects.  6.12 without the series does
# this when the first allocation of an object fails, so allocations are made to
# fail here.  842 is not tested: its checksum rejects a page that changed during
# compression, so that such a block cannot be read.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/faults/inject.sh
inject=/sys/kernel/debug/failslab
modprobe zram num_devices=1
if [ -e $inject ]; then
	# by default, fault injection skips allocations that may sleep
	faults_below zs_malloc
	echo Y > $inject/ignore-gfp-wait && echo -1 > $inject/times && echo 50 > $inject/probability ||
		fail "fault injection cannot be set up"
fi
for alg in lz4 lzo-rle zstd $(amount "lzo lz4hc deflate" ""); do
	zram_on 16M $alg
	zflip -b 512 -t 4 /dev/zram0 > /tmp/out
	status=$?
	echo "# $alg: $(tail -n 1 /tmp/out); debug_stat $(tail -n 1 $z0/debug_stat)"
	[ $status -eq 0 ] || break
	mixtures=$(sed -n 's/.*mixtures=\([0-9]*\).*/\1/p' /tmp/out)
	expect_gt "$alg: pages that changed while they were written" "$mixtures" 10
	zram_off
done
[ ! -e $inject ] || echo 0 > $inject/probability
expect_eq "status of zflip with $alg" $status 0
