#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# swapon without arguments lists the swap areas, in the shell of "make boot" too, where
# busybox prints its usage; with arguments it enables a swap area.
. /zmem/lib.sh
expect_is "output without swap" "$(/bin/swapon 2>&1)" ""
swap_disk
for form in 'swapon' 'swapon -s' 'swapon --show'; do
	run sh -l -c "$form" > /tmp/listed
	expect_is "$form: heading" "$(awk 'NR == 1 { print $1, $2, $3, $4, $5 }' /tmp/listed)" "NAME TYPE SIZE USED PRIO"
	expect_is "$form: areas" "$(awk 'NR > 1 { print $1, $2, $3, $4 }' /tmp/listed)" "/dev/vda partition 2G 0B"
done
