#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# All engines hang with descriptors in flight, for which a drain would wait: the WQ is
# reset instead, also when an administrator disables it. No load fails, and the device is
# used again when its engines continue.
# LIMIT: 240
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 1
ix_zswap
ix_deadline 200
load_on
for how in itself unbind; do
	resets=$(ix_stat wq_resets)
	run iaxctl stall-engines=0xff
	if [ $how = unbind ]; then
		attr $dsa/drivers/iax/unbind wq0.0
	else
		wait_for "a reset" ix_stat_above wq_resets "$resets"
	fi
	run iaxctl stall-engines=0
	[ $how = itself ] || ix_bind wq0.0 64
	wait_for "the WQ" ix_back
	wait_for "compressions" ix_stat_above compressed $(($(ix_stat compressed) + 100))
	echo "# $how: $(($(ix_stat wq_resets) - resets)) resets"
done
load_off
ix_no_errors
grep ^all $ix
zswap_empty
zswap_set compressor lzo
ix_unload
