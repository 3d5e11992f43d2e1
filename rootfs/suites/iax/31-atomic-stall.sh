#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# All engines stall while a caller that may not sleep waits for them. Its call returns long
# before deadline_ms and before the lockup detectors, and the request completes, with the
# right data: when the engines continue, without a reset of the WQ; or by software, after
# the WQ has been reset.
# LIMIT: 240
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
! kernel_is 6.12 || skip "requests to asynchronous drivers may sleep on 6.12"
ix_load 1
parameters=/sys/module/iax/parameters
p=/sys/module/zmem_acomp/parameters
acomp=
trap '[ -z "$acomp" ] || { iaxctl stall-engines=0; wait $acomp; rmmod zmem_acomp; }' EXIT
# stalled DEADLINE_MS ALGORITHM BATCH: one request while engines stall for three seconds
stalled() {
	ix_deadline "$1"
	deferred=$(ix_stat deferred) resets=$(ix_stat wq_resets)
	run iaxctl stall-engines=0xff
	insmod /lib/zmem_acomp.ko alg="$2" batch="$3" pages="$3" file=/bin/busybox atomic=1 &
	acomp=$!
	sleep $((3 * SLOW))
	run iaxctl stall-engines=0
	wait $acomp || fail "$2, batches of $3: $(dmesg | grep zmem_acomp: | tail -n 1)"
	acomp=
	call_us=$(cat $p/call_us) late=$(cat $p/late)
	run rmmod zmem_acomp
	deferred=$(($(ix_stat deferred) - deferred)) resets=$(($(ix_stat wq_resets) - resets))
	echo "# $2, deadline $1 ms, batches of $3: longest call $call_us us, $deferred deferred, $resets resets"
	expect_le "us of the longest call" "$call_us" $((1000000 * SLOW))
	expect_ge "requests completed later" "$late" 1
	expect_ge "requests deferred" $deferred 1
}
for alg in deflate-iax $(amount deflate-iax-dynamic '') deflate-iax-canned; do
	for batch in 1 16; do
		stalled 60000 $alg $batch
		expect_eq "resets of a WQ that is only slow" $resets 0
		stalled 200 $alg $batch
		expect_ge "resets of a WQ whose descriptors time out" $resets 1
		wait_for "the WQ" ix_back
		# it was re-enabled while the engines could not load the tables of deflate-canned
		attr $dsa/drivers/iax/unbind wq0.0
		ix_bind wq0.0 64
	done
done
# unbinding the WQ waits for a deferred request
ix_deadline 60000
deferred=$(ix_stat deferred)
run iaxctl stall-engines=0xff
insmod /lib/zmem_acomp.ko alg=deflate-iax batch=16 pages=16 file=/bin/busybox atomic=1 &
acomp=$!
wait_for "the request to be deferred" ix_stat_above deferred "$deferred"
(sleep 1; iaxctl stall-engines=0) &
attr $dsa/drivers/iax/unbind wq0.0
wait $acomp || fail "unbound meanwhile: $(dmesg | grep zmem_acomp: | tail -n 1)"
acomp=
run rmmod zmem_acomp
ix_bind wq0.0 64
comp=$(ix_stat compressed)
insmod_acomp alg=deflate-iax batch=16 pages=256 file=/bin/busybox atomic=1
run rmmod zmem_acomp
expect_ge "compressed by the device in the end" $(($(ix_stat compressed) - comp)) 200
ix_no_errors
grep ^all $ix
ix_unload
