#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ns per 4 KiB page compressed and decompressed by the accelerator through both of its
# drivers, by number of pages per request; the column KiB holds the request size. The
# data comes from files: a program and a symbol list.
# LIMIT: 900
. /zmem/suites/bench/bench.sh
. /zmem/suites/iax/iax.sh
. /zmem/suites/accel/account.sh
has_iax || skip "no accelerator"
data=/tmp/acomp.data
{
	cat /bin/busybox
	cat /proc/kallsyms
} | head -c 4194304 > $data
# so many that what happens now and then, as a tick of the clock, is not 0.5 % of a row
pages=32768 few=8192
[ -z "${BENCH_QUICK:-}" ] || pages=1024 few=1024
p=/sys/module/zmem_acomp/parameters
passes=1	# of the device over each page that is compressed
least=9		# of ten pages become smaller
engines=	# of the device in the group of the queue, by default all

# acomp PARAMETER...: of the module; sets jobs, decomp, in (of the device), kept and stored
# and leaves the times for row.  False if there is nothing to be measured.
acomp() {
	why=''
	stored=0
	echo "out_ns=0 in_ns=0 pages=0" > /tmp/out
	iaxctl > /tmp/snap-before
	if ! insmod /lib/zmem_acomp.ko pages=$pages file=$data "$@" 2> /tmp/err; then
		why="; zmem_acomp: $(cat /tmp/err)"
		return 1
	fi
	iaxctl > /tmp/snap-after
	kept=$((pages - $(cat $p/no_room)))
	stored=$(cat $p/comp_bytes)
	echo "out_ns=$(cat $p/comp_ns) in_ns=$(cat $p/decomp_ns) pages=$pages" > /tmp/out
	run rmmod zmem_acomp
	jobs=$(delta before after compress-jobs)
	decomp=$(delta before after decompress-jobs)
	in=$(delta before after compress-in)
}

one() { # one ALGORITHM PAGES_PER_REQUEST [PAGES]
	all=$pages
	pages=${3:-$pages}
	if acomp alg="$1" batch="$2"; then
		# each by the device, and what it kept was verified by it and read back;
		# no second pass for what is known not to fit
		must_be_within "compressions by the device" "$jobs" $((pages + kept * (passes - 1))) $((pages * passes))
		must_be "decompressions by the device" "$decomp" $((kept * 2))
		must_be "bytes into the device" "$in" $((jobs * 4096))
		must_be_within "pages that became smaller" $kept $((pages * least / 10)) $pages
		echo "# $1: $kept of $pages pages became smaller"
	fi
	row "${path:-acomp}" "$1${engines:+:on$engines}" $(($2 * 4)) ok "$stored"
	pages=$all
}

iax_afresh() {
	ix_on 1
	wait_for "the self-tests of iax" ix_tested
}

# by_n ENGINES: buffers of 64 KiB to one stream each
by_n() {
	echo "$1" > /sys/module/iax/parameters/by_n
	if acomp alg=deflate-iax stream=1 batch=16; then
		must_be "jobs" "$jobs" $((pages / 16 * $1))
		must_be "pages that became smaller" $kept $pages
	fi
	row stream "deflate-iax:by$1" 64 ok "$stored"
}

# the driver that zswap had before this
zswap_set compressor lzo
[ ! -d /sys/module/iax ] || ix_unload
iaa_default
one deflate-iaa 1
if ix_there; then
	one deflate-iaa 8
	one deflate-iaa 64
	iaa_unload
	iax_afresh
	for n in 1 2 4 8 16 32 64; do one deflate-iax $n; done
	for n in 1 8; do one deflate-iax-canned $n; done
	passes=2
	for n in 1 8; do one deflate-iax-dynamic $n $few; done
	# all of symbols: every part fits into its share
	cat /proc/kallsyms /proc/kallsyms | head -c 4194304 > $data
	for n in 1 2 4 8; do by_n $n; done
	# and every page becomes smaller and is verified, so that the engines' time is known
	passes=1 least=10 path=engines
	for engines in 1 2 4; do
		iax_afresh
		one deflate-iax 64
	done
fi
finish
