#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# deflate-iax-canned: pages become smaller than with the fixed tables in a single pass,
# and device and software can read each other's output.
# LIMIT: 240
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 1
algs=$(grep -c '^driver.*deflate-.*canned' /proc/crypto) || :
[ "$algs" = 2 ] || fail "$algs implementations of deflate-canned, want software and device"
p=/sys/module/zmem_acomp/parameters
bytes_of() { # bytes_of ALGORITHM BATCH FILE [stream=1]
	insmod_acomp alg="$1" batch="$2" pages=512 file="$3" $4
	bytes=$(cat $p/comp_bytes) kept=$((512 - $(cat $p/no_room)))
	run rmmod zmem_acomp
}
head -c 2097152 /proc/kallsyms > /tmp/symbols
for file in /bin/busybox /tmp/symbols; do
	bytes_of deflate-iax 8 $file
	fixed=$bytes
	jobs=$(iax_stat compress-jobs) comp=$(ix_stat compressed) back=$(ix_stat decompressed)
	bytes_of deflate-iax-canned 8 $file
	echo "# $file: $fixed bytes with fixed tables, $bytes with canned tables, $kept pages compressed"
	expect_gt "bytes with fixed tables" $fixed $((bytes * 105 / 100))
	expect_eq "descriptors" $(($(iax_stat compress-jobs) - jobs)) 512
	expect_eq "compressed by the device" $(($(ix_stat compressed) - comp)) $kept
	expect_eq "decompressed by the device" $(($(ix_stat decompressed) - back)) $kept
done
# software decompresses some of the streams
bytes_of deflate-iax-canned 16 /tmp/symbols stream=1

# through zswap: stored by the device and loaded by software, and vice versa
swap_disk
zswap_on deflate-iax-canned
hold() {
	rm -f /tmp/hold /tmp/hold.ready
	zpages -m 4 -d text -p 90 -H /tmp/hold > /tmp/out 2>&1 &
	pid=$!
	wait_for "pages to get out" test -e /tmp/hold.ready
}
release() {
	touch /tmp/hold
	wait $pid || fail "$(cat /tmp/out)"
}
comp=$(ix_stat compressed)
hold
expect_gt "stored by the device" $(($(ix_stat compressed) - comp)) 700
attr $dsa/drivers/iax/unbind wq0.0
back=$(ix_stat decompressed)
release
expect_eq "loaded by the device without a WQ" $(($(ix_stat decompressed) - back)) 0
soft=$(ix_stat no_wq)
hold
expect_gt "stored by software" $(($(ix_stat no_wq) - soft)) 700
ix_bind wq0.0 64
release
expect_gt "loaded by the device" $(($(ix_stat decompressed) - back)) 700

# a device that rejects the tables: software is used for deflate-canned only
zswap_empty
attr $dsa/drivers/idxd/unbind iax0
iaxctl fault-kind=1 fault-status=0x20 fault-after=0 fault-count=1
ix_queues iax0 1
ix_bound 1
iaxctl fault-kind=0 fault-count=0
could_not=$(ix_stat sw_fallback)
bytes_of deflate-iax-canned 8 /tmp/symbols
expect_ge "done by software" $(($(ix_stat sw_fallback) - could_not)) 1024
comp=$(ix_stat compressed)
bytes_of deflate-iax 8 /tmp/symbols
expect_eq "compressed by the device" $(($(ix_stat compressed) - comp)) 512
expect_eq "errors" "$(ix_stat errors)" 0
ix_no_errors
zswap_set compressor lzo
ix_unload
