#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# WQs are unbound and bound under load, one of two and both: no load fails, and the device
# is used whenever it has a WQ.
# LIMIT: 300
# CYCLE: 4
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 2
ix_zswap
load_on
before=$(ix_stat compressed)
for i in $(seq $((CYCLES + $(amount 15 4)))); do
	attr $dsa/drivers/iax/unbind wq0.1
	if [ $((i % 2)) = 1 ]; then
		attr $dsa/drivers/iax/unbind wq0.0
		sleep 0.2
		# the disabled one does not prevent that
		ix_bind wq0.0
	fi
	sleep 0.2
	ix_bind wq0.1
	sleep 0.2
done
load_off
ix_no_errors
expect_gt "compressed meanwhile" $(($(ix_stat compressed) - before)) "$(amount 1000 300)"
grep ^all $ix
zswap_empty
zswap_set compressor lzo
ix_unload
