#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The first user of a synchronous compressor fails to allocate the scratch buffers; the next
# one allocates and uses them.  This has to be the first test, because zswap keeps the
# buffers in use after any other test.
. /zmem/lib.sh
. /zmem/suites/faults/inject.sh
inject=/sys/kernel/debug/failslab
pieces() { insmod /lib/zmem_acomp.ko alg=$alg pages=16 file=/bin/busybox pieces=1; }
alg=lzo
grep -q '^driver *: lzo-scomp' /proc/crypto && alg=lzo-scomp
faults_below crypto_scomp_init_tfm
for d in $inject /sys/kernel/debug/fail_page_alloc; do
	echo -1 > $d/times && echo 100 > $d/probability || fail "fault injection cannot be set up"
done
if pieces 2> /dev/null; then came=1; else came=0; fi
for d in $inject /sys/kernel/debug/fail_page_alloc; do
	echo 0 > $d/probability
done
expect_eq "compressors allocated without memory" $came 0
pieces || fail "no compressor after that: $(dmesg | grep zmem_acomp: | tail -n 1)"
expect_gt "bytes compressed" "$(cat /sys/module/zmem_acomp/parameters/comp_bytes)" 8192
run rmmod zmem_acomp
