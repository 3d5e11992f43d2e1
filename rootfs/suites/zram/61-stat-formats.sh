#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The statistics have the lines and fields that user space expects, before the device is
# set up and while it is in use: debug_stat has version 1 and a 0 in place of a counter
# that mainline has removed.
. /zmem/lib.sh
modprobe zram num_devices=1
fields() { # fields FILE LINE WANT
	expect_eq "fields of $1, line $2" "$(awk -v l="$2" 'NR == l { print NF }' "$z0/$1")" "$3"
	! sed -n "$2p" "$z0/$1" | sed 's/^version: //' | grep -q '[^0-9 ]' || fail "$1 has more than numbers: $(cat "$z0/$1")"
}
formats() {
	fields io_stat 1 4
	fields mm_stat 1 9
	fields bd_stat 1 3
	fields debug_stat 2 2
	expect_is "first line of debug_stat" "$(head -n 1 $z0/debug_stat)" "version: 1"
	expect_is "first field of debug_stat" "$(awk 'NR == 2 { print $1 }' $z0/debug_stat)" 0
	for f in io_stat mm_stat bd_stat; do
		expect_eq "lines of $f" "$(wc -l < "$z0/$f")" 1
	done
	expect_eq "lines of debug_stat" "$(wc -l < $z0/debug_stat)" 2
}
formats
zram_on 16M lz4
dd if=/dev/urandom of=/dev/zram0 bs=64k count=4 oflag=direct 2> /dev/null || fail "dd"
formats
expect_eq "bytes stored" "$(mm_stat 1)" 262144
zram_off
