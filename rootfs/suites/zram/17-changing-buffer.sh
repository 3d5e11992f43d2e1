#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A buffer that changes while it is written with O_DIRECT: the block that is
# written may hold anything, all others keep their contents.  A kernel that
# sizes the object by one compression and stores the output of another fails;
# 6.12 without the series does when the first allocation of an object fails.
# 842 is left out: its checksum does not fit a page that has changed, and such
# a block cannot be read.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/faults/inject.sh
inject=/sys/kernel/debug/failslab
modprobe zram num_devices=1
if [ -e $inject ]; then
	# allocations that may wait never fail
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
