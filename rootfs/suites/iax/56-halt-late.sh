#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A device halts under load, and its function reset is delayed by a lock until after the
# driver has abandoned the descriptors and reset the WQ: the WQ is rebound after the
# function reset.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
held() { [ "$(cat /sys/module/zmem_lock/parameters/held)" = Y ]; }
ix_load
ix_deadline 300
ix_zswap
pci=$(pci_of iax0)
load_on
wait_for "the load" ix_stat_above compressed $(($(ix_stat compressed) + 100))
tried=0
for round in 1 2 3 4 5 6; do
	insmod /lib/zmem_lock.ko function="$pci" ms=4000 &
	lock=$!
	wait_for "$round: the lock" held
	resets=$(ix_stat wq_resets)
	run iaxctl halt=2
	# if it has no descriptor in flight when it halts, it gets none: idxd allocates no more
	while held; do
		sleep 0.1
		ix_stat_above wq_resets "$resets" || continue
		sleep 0.2
		! held || tried=$((tried + 1))
		break
	done
	wait $lock || fail "no zmem_lock"
	run rmmod zmem_lock
	wait_for "$round: the WQ" test -e $dsa/drivers/iax/wq0.0
	wait_for "$round: compressions" ix_stat_above compressed $(($(ix_stat compressed) + 20))
	[ $tried -lt "$(amount 2 1)" ] || break
done
load_off
echo "# $tried of $round resets were late"
expect_ge "late resets" $tried 1
ix_no_errors
grep ^all $ix
zswap_empty
zswap_set compressor lzo
ix_unload
