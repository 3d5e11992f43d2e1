#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Queues come and go under load, one of two and both: no error reaches a reader,
# and the device works whenever it has a queue.
# LIMIT: 300
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 2
ix_zswap
zpages -m 8 -d text -t 30 -j 3 > /tmp/out &
load=$! i=0
before=$(ix_stat compressed)
while kill -0 $load 2> /dev/null; do
	i=$((i + 1))
	attr $dsa/drivers/iax/unbind wq0.1
	[ $((i % 2)) = 0 ] && ix_bind wq0.1 && continue
	attr $dsa/drivers/iax/unbind wq0.0
	# the other one, which is off, is no obstacle
	ix_bind wq0.0
	ix_bind wq0.1
done
wait $load
status=$?
echo "# $i times off and on"
cat /tmp/out
expect_eq "status of the load" $status 0
ix_no_errors
expect_gt "times off and on" $i 7
expect_gt "compressed meanwhile" $(($(ix_stat compressed) - before)) 1000
grep ^all $ix
zswap_empty
zswap_set compressor lzo
ix_unload
