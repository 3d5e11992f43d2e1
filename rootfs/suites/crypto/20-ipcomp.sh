#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# IPComp (de)compresses packets in softirq while zswap stores and loads pages with the same
# algorithm, CPUs going offline and online meanwhile: every packet and page stays intact, and
# no softirq waits for a task that was interrupted while it compressed.
# LIMIT: 300
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/load.sh
[ -e /proc/net/xfrm_stat ] || [ -e /proc/sys/net/core/xfrm_acq_expires ] || skip "no IPsec in this kernel"
cpu=/sys/devices/system/cpu/cpu1/online
zipcomp -i -n 1 -t 1 > /tmp/ipcomp || fail "IPComp alone: $(cat /tmp/ipcomp)"
echo "# alone: $(cat /tmp/ipcomp)"
swap_disk
zswap_set max_pool_percent 50
zswap_on deflate
insmod /lib/zmem_calls.ko symbol=deflate_compress || fail "no probe"
calls=/sys/module/zmem_calls/parameters
before=$(vmstat zswpout)
load_on -m "$(amount 16 8)" -d text -n 1 -j 3
zipcomp -n 4 -t "$(amount 30 10)" > /tmp/ipcomp 2>&1 &
packets=$!
n=0
while kill -0 $packets 2> /dev/null; do
	[ ! -e $cpu ] || { echo 0 > $cpu && echo 1 > $cpu; }
	n=$((n + 1))
	sleep 0.2
done
wait $packets
expect_eq "status of the packets: $(tail -n 1 /tmp/ipcomp)" $? 0
load_off
echo "# $(cat /tmp/ipcomp), $(($(vmstat zswpout) - before)) pages stored"
echo "# $(cat $calls/softirqs) of $(cat $calls/calls) compressions in softirq, CPU 1 went offline $n times"
expect_gt "pages stored" $(($(vmstat zswpout) - before)) 500
expect_gt "packets" "$(awk '{ print $1 }' /tmp/ipcomp)" 100
expect_gt "compressions in softirq" "$(cat $calls/softirqs)" 50
expect_gt "compressions outside of it" $(($(cat $calls/calls) - $(cat $calls/softirqs))) 500
run rmmod zmem_calls
