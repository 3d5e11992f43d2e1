#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ns per page written to and read from zram with O_DIRECT, by backend and request size.
# LIMIT: 900
. /zmem/suites/bench/bench.sh
modprobe zram num_devices=1 || fail "no zram"
only_folios 2048	# contiguous buffers

one() { # one BACKEND KIB
	why=''
	zram_on $((mib * 2))M "$1"
	must_be "backend" "$(sed 's/.*\[\(.*\)\].*/\1/' $z0/comp_algorithm)" "$1"
	must_be "bytes at first" "$(mm_stat 1)" 0
	rc=0
	zbench -m "$mib" -f "$2" block /dev/zram0 > /tmp/out 2>&1 || rc=$?
	bytes=$((mib * 1048576))
	[ $rc = 0 ] || why="$why; zbench: $(tail -n 1 /tmp/out)"
	must_be "data" "$(figure data)" equal
	must_be "bytes written" "$(mm_stat 1)" $bytes
	must_be_within "bytes compressed" "$(mm_stat 2)" $((bytes / 8)) $((bytes * 3 / 4))
	must_be "pages of one value" "$(mm_stat 6)" 0
	must_be "pages stored raw" "$(mm_stat 8)" 0
	used=$(mm_stat 3)
	zram_off
	row zram "$1" "$2" ok "$used"
}

for a in $(tr -d '[]' < $z0/comp_algorithm); do
	wanted "$a" || continue
	plan_of "$a"
	for kib in $sizes; do one "$a" "$kib"; done
done
finish
