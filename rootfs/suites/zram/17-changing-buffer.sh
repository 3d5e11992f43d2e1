#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A buffer changes while it is written with O_DIRECT.  The written block may hold
# anything, but it must be readable, and no other block may change.
# A kernel that compresses the buffer itself fails with 842, whose checksum rejects a page
# that changed, and sometimes with lz4, which then stores offsets that point ahead.
# A kernel that allocates an object for the length of one compression and stores
# the output of a second one corrupts other objects.  6.12 without the series does
# this when the first allocation of an object fails, so allocations are made to
# fail here.
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
bad=
for alg in lz4 lzo-rle zstd 842 $(amount "lzo lz4hc deflate" ""); do
	zram_on 16M $alg
	if zflip -b 512 -t 4 /dev/zram0 > /tmp/out; then
		mixtures=$(sed -n 's/.*mixtures=\([0-9]*\).*/\1/p' /tmp/out)
		expect_gt "$alg: pages that changed while they were written" "$mixtures" 10
	else
		bad="$bad $alg"
	fi
	echo "# $alg: $(tail -n 1 /tmp/out); debug_stat $(tail -n 1 $z0/debug_stat)"
	zram_off
done
[ ! -e $inject ] || echo 0 > $inject/probability
[ -z "$bad" ] || fail "a block cannot be read, or another block has changed, with:$bad"
