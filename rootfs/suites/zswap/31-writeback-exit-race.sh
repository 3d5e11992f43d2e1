#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The shrinker writes back cold entries while their owners are killed, which frees the
# same entries.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
swap_disk
zswap_on lz4
# with a small memory.zswap.max every store writes back an old entry
mkdir "$cg/t-race"
echo 3M > "$cg/t-race/memory.zswap.max"
echo $$ > "$cg/t-race/cgroup.procs"
zswap_set shrinker_enabled Y
back=$(vmstat zswpwb)
i=0 mib=$(amount 24 12)
while [ $i -lt "$(amount 4 2)" ]; do
	zpages -m $mib -d text -n 50 -j 2 -s $i > /tmp/out.a &
	a=$!
	zpages -m $mib -d half -n 50 -s 7$i > /tmp/out.b &
	b=$!
	sleep 1
	kill -KILL $a
	wait $a 2> /dev/null
	expect_eq "status of who was killed" $? 137
	zpages -m $mib -d text -n 1 -p 50 > /tmp/out.c || fail "$(cat /tmp/out.c)"
	kill -KILL $b
	wait $b 2> /dev/null
	expect_eq "status of who was killed" $? 137
	! grep -h WRONG /tmp/out.a /tmp/out.b || fail "wrong data under writeback"
	i=$((i + 1))
done
expect_gt "pages written back" $(($(vmstat zswpwb) - back)) 100
zswap_empty
