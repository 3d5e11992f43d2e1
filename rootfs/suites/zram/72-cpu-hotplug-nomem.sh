#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A CPU that cannot be brought online because zstd cannot allocate its context does not
# affect compression on the other CPUs.
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/faults/inject.sh
cpu=/sys/devices/system/cpu/cpu1/online
inject=/sys/kernel/debug/fail_page_alloc
[ -e $cpu ] || fail "this test needs SMP=2 or more"
zram_on 32M zstd
run zio -m 16 -n 200 -D -r 5 /dev/zram0
echo 0 > $cpu
# only allocations below zstd_create() fail
faults_below zstd_create zram
{ echo -1 > $inject/times && echo 100 > $inject/probability; } || fail "fault injection cannot be set up"
expects_error "^Can't allocate a compression stream"
if echo 1 2> /dev/null > $cpu; then came=1; else came=0; fi
echo 0 > $inject/probability
expect_eq "the processor came online" $came 0
run zio -m 16 -n 200 -D -r 5 /dev/zram0
echo 1 > $cpu || fail "the processor does not come online any more"
run zio -m 16 -n 200 -D -r 5 /dev/zram0
zram_off
