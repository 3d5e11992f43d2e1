#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Freeing swap slots that zswap does not hold must not look up each slot under the lock
# of its tree.  The slots freed are those of pages written to the disk with zswap off, in
# folios of 4 KiB and 2 MiB, and of zero-filled pages.
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
swap_disk
zswap_set enabled N
expect_eq "pages in zswap" "$(zswap_stat stored_pages)" 0
mib=16 bad=
freed() { # freed FOLIO_KIB DATA
	rm -f /tmp/hold /tmp/hold.ready
	zpages -m $mib -f "$1" -d "$2" -H /tmp/hold > /tmp/out 2>&1 &
	load=$!
	for _ in $(seq 300); do [ -e /tmp/hold.ready ] && break; sleep 0.1; done
	[ -e /tmp/hold.ready ] || fail "nothing is swapped out: $(cat /tmp/out)"
	insmod /lib/zmem_calls.ko symbol=xa_erase || fail "no probe"
	used=$(awk '$1 ~ /vda/ { print $4 }' /proc/swaps)
	: > /tmp/hold
	wait $load || fail "$(cat /tmp/out)"
	slots=$(((used - $(awk '$1 ~ /vda/ { print $4 }' /proc/swaps)) / 4))
	calls=$(cat /sys/module/zmem_calls/parameters/calls)
	run rmmod zmem_calls
	echo "# $1 KiB, $2: xa_erase() $calls times for $slots slots"
	expect_gt "slots freed" $slots $((mib * 200))
	[ "$calls" -lt $((slots / 8)) ] || bad="$bad $1 KiB of $2: $calls;"
}
freed 4 text
if [ -e $thp ]; then
	only_folios 2048
	freed 2048 text
fi
freed 4 zero
[ -z "$bad" ] || fail "calls of xa_erase() for slots that zswap does not hold:$bad"
