#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# How long preemption and interrupts are disabled while pages go to zswap and zram and
# come back. Two kinds of rows per case:
#   longest,PATH,COMPRESSOR,TRACER,US,BEGUN BY,ENDED BY     of the whole system, by
#                                                           the tracers preemptoff, irqsoff
#   section,PATH,COMPRESSOR,TRACER,NS,COUNT,BEGUN BY,ENDED BY   for every function, by
#                                                           the events these tracers use
# LIMIT: 3600
. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
. /zmem/suites/iax/iax.sh
. /zmem/run/env
t=/sys/kernel/tracing
mount -t tracefs tracefs $t 2> /dev/null
[ -e $t/tracing_max_latency ] || fail "this kernel has no latency tracer"
mib=4 rows=0
echo 98304 > $t/buffer_size_kb || fail "no room for the trace"
modprobe null_blk nr_devices=2 gb=1 memory_backed=1 irqmode=0 queue_mode=2 submit_queues=1 || fail "no null_blk"
mkswap /dev/nullb0 > /dev/null && swapon /dev/nullb0 || fail "no swap area"

where() { sed -n "s/^# *=> $1 at: *//p" $t/trace | head -n 1; }
# traced PATH COMPRESSOR COMMAND...: the same load under each
traced() {
	path=$1 comp=$2
	shift 2
	for tracer in preemptoff irqsoff; do
		echo nop > $t/current_tracer
		echo local > $t/trace_clock
		echo 0 > $t/tracing_max_latency
		echo $tracer > $t/current_tracer
		"$@" > /tmp/out 2>&1 || fail "$path $comp: $(tail -n 1 /tmp/out)"
		us=$(cat $t/tracing_max_latency)
		echo "# csv longest,$path,$comp,$tracer,$us,$(where started),$(where ended)"
		echo nop > $t/current_tracer
		echo x86-tsc > $t/trace_clock
		echo > $t/trace
		case $tracer in
		preemptoff) events='preemptirq/preempt_disable preemptirq/preempt_enable irq_vectors irq' ;;
		irqsoff) events='preemptirq/irq_disable preemptirq/irq_enable' ;;
		esac
		for e in $events; do echo 1 > $t/events/$e/enable || fail "no event $e"; done
		rc=0
		"$@" > /tmp/out 2>&1 || rc=$?
		for e in preemptirq irq_vectors irq; do echo 0 > $t/events/$e/enable; done
		[ $rc = 0 ] || fail "$path $comp: $(tail -n 1 /tmp/out)"
		[ "$(sed -n 's/^overrun: //p' $t/per_cpu/cpu0/stats)" = 0 ] || fail "the trace has overrun"
		zsections < $t/trace > /tmp/sections || fail "no sections in the trace"
		awk -v k="$path,$comp,$tracer" 'NR <= 400 { print "# csv section," k "," $3 "," $2 "," $1 "," $4 }' /tmp/sections
		rows=$((rows + 1))
	done
}

# swap_out_in KIB: in folios of this size
swap_out_in() {
	out=$(vmstat zswpout) in=$(vmstat zswpin)
	zbench -m $mib -f "$1" swap || return 1
	[ $(($(vmstat zswpout) - out)) = $((mib * 256)) ] && [ $(($(vmstat zswpin) - in)) = $((mib * 256)) ] ||
		{ echo "not every page went through zswap"; return 1; }
}
# zram_write_read KIB: in requests of this size
zram_write_read() {
	zbench -m $mib -f "$1" block /dev/zram0 || return 1
	[ "$(mm_stat 1)" = $((mib * 1048576)) ] && [ "$(mm_stat 8)" = 0 ] ||
		{ echo "not every page went through the compressor"; return 1; }
}
# objects of every eighth block stay, so that there is much to move
zram_compact() {
	zbench -m $mib -f 4 block /dev/zram0 || return 1
	i=0
	while [ $i -lt $((mib * 32)) ]; do
		blkdiscard -o $((i * 32768 + 4096)) -l 28672 /dev/zram0 || return 1
		i=$((i + 1))
	done
	before=$(mm_stat 7)
	echo 1 > $z0/compact
	[ "$(mm_stat 7)" -gt "$before" ] || { echo "nothing was compacted"; return 1; }
}
zram_read() { dd if=/dev/zram0 of=/dev/null bs=64k count=$((mib * 16)) iflag=direct 2> /dev/null; }
zram_writeback() {
	zbench -m $mib -f 4 block /dev/zram0 || return 1
	echo all > $z0/idle && echo idle > $z0/writeback || return 1
	[ "$(awk '{ print $1 }' $z0/bd_stat)" = $((mib * 256)) ] || { echo "not every page was written back"; return 1; }
	zram_read
}
zram_recompress() {
	zbench -m $mib -f 4 block /dev/zram0 || return 1
	before=$(mm_stat 2)
	echo all > $z0/idle && echo type=idle > $z0/recompress || return 1
	[ "$(mm_stat 2)" -lt "$before" ] || { echo "nothing was recompressed"; return 1; }
	zram_read
}

# folio sizes in KiB; zswap of 6.12 does not store large folios without the topic large-folios
sizes='4 64'
! kernel_is 6.12 || [ -e $zp/mthp_enabled ] || sizes=4

# zswap_rows COMPRESSOR [NAME]
zswap_rows() {
	zswap_on "$1"
	for kib in $sizes; do
		only_folios $kib
		store_folios Y
		traced zswap-${kib}K "${2:-$1}" swap_out_in $kib
	done
}
quick=${LATENCY_QUICK:-}
case $quick in 1) zswaps=deflate zrams=lz4 ;; *) zswaps='lz4 zstd deflate 842' zrams='lz4 zstd-19 deflate' ;; esac
iaxs=0
for c in $zswaps; do
	zswap_rows $c
done
if [ "$quick" != 1 ] && has_iax && ix_there; then
	ix_on 1
	wait_for "the self-tests of iax" ix_tested
	zswap_rows deflate-iax
	iaxs=1
	# waits for the interrupt instead of polling
	if [ -e /sys/module/iax/parameters/poll_us ]; then
		echo 0 > /sys/module/iax/parameters/poll_us
		zswap_rows deflate-iax deflate-iax-sleep
		iaxs=2
	fi
fi
zswap_on lz4

only_folios 2048	# contiguous buffers
for c in $zrams; do
	modprobe zram num_devices=1 || fail "no zram"
	echo ${c%-*} > $z0/comp_algorithm
	[ $c = ${c%-*} ] || echo "algo=${c%-*} level=${c#*-}" > $z0/algorithm_params || fail "no level ${c#*-}"
	zram_on $((mib * 2))M
	for kib in 4 64; do traced zram-${kib}K $c zram_write_read $kib; done
	[ $c != lz4 ] || traced zram-compact $c zram_compact
	zram_off
done
modprobe zram num_devices=1 || fail "no zram"
echo /dev/nullb1 > $z0/backing_dev || fail "no backing device"
zram_on $((mib * 2))M lz4
traced zram-writeback lz4 zram_writeback
zram_off
modprobe zram num_devices=1 || fail "no zram"
echo lz4 > $z0/comp_algorithm
echo "algo=zstd priority=1" > $z0/recomp_algorithm || fail "no second algorithm"
zram_on $((mib * 2))M
traced zram-recompress lz4-zstd zram_recompress
zram_off

# each size with zswap and with zram, compaction, writeback and recompression, by two tracers
words() { echo $#; }
# shellcheck disable=SC2086
expect_eq "rows" $rows $((2 * ($(words $sizes) * ($(words $zswaps) + iaxs) + 2 * $(words $zrams) + 3)))
