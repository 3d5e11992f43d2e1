#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A processor that cannot come online, because zstd gets no memory for it,
# leaves the others their compressor.
. /zmem/lib.sh
cpu=/sys/devices/system/cpu/cpu1/online
inject=/sys/kernel/debug/fail_page_alloc
[ -e $cpu ] || fail "this test needs SMP=2 or more"
[ -e $inject/require-start ] || fail "no fault injection by stack trace"
zram_on 32M zstd
run zio -m 16 -n 200 -D -r 5 /dev/zram0
echo 0 > $cpu
# only what zstd's context allocates fails: from its function to the next
# shellcheck disable=SC2046  # words on purpose
set -- $(sort /proc/kallsyms | awk '$4 == "[zram]" && found { print $1; exit } $3 == "zstd_create" && $4 == "[zram]" { print $1; found = 1 }')
expect_eq "addresses of zstd_create" $# 2
{
	echo "0x$1" > $inject/require-start
	echo "0x$2" > $inject/require-end
	echo N > $inject/ignore-gfp-wait
	echo N > $inject/ignore-gfp-highmem
	echo 0 > $inject/min-order
	echo -1 > $inject/times
	echo 0 > $inject/verbose
	echo 100 > $inject/probability
} || fail "fault injection cannot be set up"
if echo 1 2> /dev/null > $cpu; then came=1; else came=0; fi
echo 0 > $inject/probability
echo 0 > $inject/require-start
echo 0xffffffffffffffff > $inject/require-end
expect_eq "the processor came online" $came 0
run zio -m 16 -n 200 -D -r 5 /dev/zram0
echo 1 > $cpu || fail "the processor does not come online any more"
run zio -m 16 -n 200 -D -r 5 /dev/zram0
zram_off
