#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The default configuration of an accelerator gives all its engines to the group of its WQ.
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
# grouped GROUP: number of engines whose group_id is GROUP
grouped() { grep -lx -e "$1" $dsa/devices/iax0/engine0.*/group_id | wc -l; }
iaa_unload
modprobe idxd || fail "idxd does not load"
iax_up iax0
all=$(cat $dsa/devices/iax0/max_engines)
expect_gt "engines of the device" "$all" 1
expect_eq "group of wq0.0" "$(cat $dsa/devices/wq0.0/group_id)" 0
expect_eq "engines in group 0" "$(grouped 0)" "$all"
expect_eq "engines listed by group 0" "$(wc -w < $dsa/devices/iax0/group0.0/engines)" "$all"
# num_engines is consistent: each engine can be removed once
for e in "$dsa"/devices/iax0/engine0.*; do
	attr "$e/group_id" -1
done
expect_eq "engines without a group" "$(grouped -1)" "$all"
iaa_unload
