#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Callers that may not sleep use the device, too. If descriptors time out, the call returns
# without waiting for the reset of the WQ, and the request is completed later.
# LIMIT: 240
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
! kernel_is 6.12 || skip "requests to asynchronous drivers may sleep on 6.12"
ix_load 1
parameters=/sys/module/iax/parameters
# a vCPU that is delayed by the host is not a timeout
ix_deadline $((80 * SLOW))
echo 100000 > $parameters/atomic_poll_us
ix_polls
p=/sys/module/zmem_acomp/parameters
atomic() { # atomic LEAST MOST BATCH PAGES [ALGORITHM]: LEAST to MOST requests complete later
	insmod_acomp alg="${5:-deflate-iax}" batch="$3" pages="$4" file=/bin/busybox atomic=1
	late=$(cat $p/late)
	run rmmod zmem_acomp
	expect_ge "completed later, ${5:-deflate-iax}, batches of $3" "$late" "$1"
	expect_le "completed later, ${5:-deflate-iax}, batches of $3" "$late" "$2"
}
comp=$(ix_stat compressed)
atomic 0 16 1 64
atomic 0 8 16 512
expect_ge "compressed by the device" $(($(ix_stat compressed) - comp)) 550
# in the first descriptor and in the middle of a request; a verification, a decompression
for alg in deflate-iax deflate-iax-dynamic deflate-iax-canned; do
	# AFTER:BATCH:POLL_US
	for fault in $(amount '0:1:100000 1:1:1000 2:1:100000 0:8:1000 5:8:100000 11:8:1000 18:8:100000 40:64:1000' '0:1:1000 5:8:100000 40:64:1000'); do
		batch=${fault#*:}
		echo "${fault##*:}" > $parameters/atomic_poll_us
		timeouts=$(ix_stat timeouts)
		run iaxctl fault-kind=3 fault-after="${fault%%:*}" fault-count=1
		atomic 1 2 "${batch%:*}" "${batch%:*}" $alg
		expect_ge "timeouts" $(($(ix_stat timeouts) - timeouts)) 1
		iaxctl fault-kind=0 fault-count=0 fault-after=0
		wait_for "the WQ" ix_back
	done
done
echo 100000 > $parameters/atomic_poll_us
comp=$(ix_stat compressed)
atomic 0 8 16 512
expect_ge "compressed by the device in the end" $(($(ix_stat compressed) - comp)) 480
ix_no_errors
ix_unload
