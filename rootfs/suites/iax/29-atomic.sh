#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Callers that may not sleep use the device, too. If descriptors time out, the requests
# are completed later without waiting.
# LIMIT: 240
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
! kernel_is 6.12 || skip "requests to asynchronous drivers may sleep on 6.12"
ix_load 1
# a machine that is busy with something else is not a job that does not end
echo $((100 * SLOW)) > /sys/module/iax/parameters/deadline_ms
p=/sys/module/zmem_acomp/parameters
atomic() { # atomic LATE BATCH PAGES [ALGORITHM]
	insmod_acomp alg="${4:-deflate-iax}" batch="$2" pages="$3" file=/bin/busybox atomic=1
	late=$(cat $p/late)
	rmmod zmem_acomp
	expect_eq "completed later, ${4:-deflate-iax}, $2 at a time" "$late" "$1"
}
comp=$(ix_stat compressed)
atomic 0 1 64
atomic 0 16 512
expect_ge "compressed by the device" $(($(ix_stat compressed) - comp)) 550
# a job at the beginning and one in the middle of a request; one that verifies, one that decompresses
for alg in deflate-iax deflate-iax-dynamic deflate-iax-canned; do
	# AFTER:BATCH
	for fault in $(amount '0:1 1:1 2:1 0:8 5:8 11:8 18:8 40:64' '0:1 5:8 40:64'); do
		set -- ${fault%:*} ${fault#*:}
		strays=$(ix_stat not_in_time)
		run iaxctl fault-kind=3 fault-after="$1" fault-count=1
		atomic 1 "$2" "$2" $alg
		expect_ge "jobs that did not end" $(($(ix_stat not_in_time) - strays)) 1
		iaxctl fault-kind=0 fault-count=0 fault-after=0
		wait_for "the queue" ix_back
	done
done
comp=$(ix_stat compressed)
atomic 0 16 512
expect_ge "compressed by the device in the end" $(($(ix_stat compressed) - comp)) 480
ix_no_errors
ix_unload
