#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# One buffer is compressed by several engines to one stream that device and software can
# decompress. It is at most an eighth longer, also if parts do not fit into their shares.
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 1
[ -e /sys/module/iax/parameters/by_n ] || fail "iax has no parameter by_n"
for pages in 2 3 16; do
	plain=
	for n in 1 2 3 8 32; do
		echo $n > /sys/module/iax/parameters/by_n
		jobs=$(ix_stat compressed)
		insmod_acomp alg=deflate-iax stream=1 batch=$pages pages=$((pages * 32)) file=/bin/busybox
		bytes=$(cat /sys/module/zmem_acomp/parameters/comp_bytes)
		run rmmod zmem_acomp
		jobs=$((($(ix_stat compressed) - jobs) / 32))
		parts=$((n < pages ? n : pages))
		echo "# $pages pages by $n: $bytes bytes, $jobs descriptors each"
		[ $n != 1 ] || plain=$bytes
		# a buffer whose parts do not fit is compressed again by one engine, which counts alone
		expect_ge "descriptors for $pages pages by $n" $jobs $((parts * 3 / 4))
		expect_ge "bytes with one engine plus an eighth" $((plain * 9 / 8)) "$bytes"
	done
done
# incompressible parts do not fit into any share
head -c 262144 /dev/urandom > /tmp/random
echo 8 > /sys/module/iax/parameters/by_n
insmod_acomp alg=deflate-iax stream=1 batch=16 pages=64 file=/tmp/random
expect_eq "pages that do not fit" "$(cat /sys/module/zmem_acomp/parameters/no_room)" 64
run rmmod zmem_acomp
# errors for some parts: the buffer is compressed again as a whole
expects_error '^iax: wq0\.0: hardware error, status 0x20'
struck=$(iax_stat faults)
iaxctl fault-kind=1 fault-status=0x20 fault-after=5 fault-count=20
insmod_acomp alg=deflate-iax stream=1 batch=16 pages=512 file=/bin/busybox
iaxctl fault-kind=0 fault-count=0 fault-after=0
expect_eq "injected faults" $(($(iax_stat faults) - struck)) 20
run rmmod zmem_acomp
ix_no_errors
ix_unload
