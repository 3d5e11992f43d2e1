#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# One fault of each kind in each descriptor of an eight-page request (every third one in a
# short run): compression, verification and decompression. No byte changes.
# LIMIT: 400
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 1
expects_error '^iax: wq0\.0: (hardware error, status 0x20|verification of compressed data failed)'
ix_deadline 100
ix_polls
head -c 32768 /bin/busybox > /tmp/eight
reset=
step=$(amount 1 3)
at_points() { # at_points NAME LAST FAULT...
	name=$1 last=$2
	shift 2
	struck=$(iax_stat faults)
	points=0
	for point in $(seq 0 $step "$last"); do
		points=$((points + 1))
		run iaxctl "$@" fault-after="$point" fault-count=1
		insmod /lib/zmem_acomp.ko alg=deflate-iax batch=8 pages=8 file=/tmp/eight ||
			fail "$name at point $point: $(dmesg | grep zmem_acomp: | tail -n 1)"
		run rmmod zmem_acomp
		[ -z "$reset" ] || wait_for "the WQ" ix_back
	done
	iaxctl fault-kind=0 fault-count=0 fault-after=0
	expect_eq "$name: injected faults" $(($(iax_stat faults) - struck)) $points
	echo "# $name: at $points points"
}
# one status for each reaction of the driver but success
for status in 0x0b 0x19 0x13 0x20; do
	at_points "status $status" 23 fault-kind=1 fault-status=$status fault-error=0
done
at_points "no room, analytics error" 23 fault-kind=1 fault-status=0x0a fault-error=0x19
# not of decompressions, whose result is not verified
found=$(($(ix_stat verify_errors) + $(ix_stat sw_fallback)))
at_points "flipped bit" 15 fault-kind=2
# half of these descriptors verify; the flipped bit may make the stream invalid
found=$(($(ix_stat verify_errors) + $(ix_stat sw_fallback) - found))
echo "# $found found"
expect_ge "found by verification" $found $((6 / step))
lost=$(ix_stat timeouts)
reset=1
at_points "never complete" 23 fault-kind=3
expect_ge "timeouts" $(($(ix_stat timeouts) - lost)) $points
# not kind 4, writes after the reset of a WQ: only an IOMMU can block these
comp=$(ix_stat compressed)
insmod /lib/zmem_acomp.ko alg=deflate-iax batch=8 pages=512 file=/bin/busybox || fail "requests fail without faults"
run rmmod zmem_acomp
expect_gt "compressed in the end" $(($(ix_stat compressed) - comp)) 450
ix_unload
