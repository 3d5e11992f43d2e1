#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Descriptors that never complete: the WQ is reset and enabled again automatically, and no
# load fails.
# LIMIT: 200
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 2
ix_zswap
ix_deadline 200
ix_polls
# the first descriptors compress and verify; the 5000th decompresses
for faults in $(amount '100:1 100:3 100:9 5000:3' '100:3 5000:3'); do
	resets=$(ix_stat wq_resets) strays=$(ix_stat timeouts) struck=$(iax_stat faults)
	run iaxctl fault-kind=3 fault-after=${faults%:*} fault-count=${faults#*:}
	run zpages -m 8 -d text -p 50 -j 3 > /tmp/out
	cat /tmp/out
	iaxctl fault-kind=0 fault-count=0
	expect_ge "injected timeouts" $(($(iax_stat faults) - struck)) 1
	expect_ge "detected timeouts" $(($(ix_stat timeouts) - strays)) 1
	expect_ge "resets" $(($(ix_stat wq_resets) - resets)) 1
	wait_for "both WQs" test -e $dsa/drivers/iax/wq0.0 -a -e $dsa/drivers/iax/wq0.1
	comp=$(ix_stat compressed)
	run zpages -m 2 -d text -p 50 > /tmp/out
	expect_gt "compressed afterwards" $(($(ix_stat compressed) - comp)) 400
done
zswap_empty
ix_no_errors
grep ^all $ix
zswap_set compressor lzo
ix_unload
