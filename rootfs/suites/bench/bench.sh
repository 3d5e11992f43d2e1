# SPDX-License-Identifier: GPL-2.0-only
# bench.sh: what both parts of the bench share.  Sourced, never run.
# shellcheck shell=sh
#
# scripts/bench hands in BENCH_TAG (base,series) and BENCH_QUICK by the run's env.
# A row is one line of CSV with the fields
#   base,series,path,compressor,folio_kib,state,out_ns,in_ns,pages,stored_bytes
# and one TAP subtest.  STATE: ok; bypass, the folios went to the disk because
# this zswap takes none of that size; invalid, with a line that says why.

. /zmem/lib.sh
. /zmem/suites/thp/folios.sh
. /zmem/run/env
rows=0 bad=0

# What the kernel does on its own must not run between two stamps
echo 0 > $thp/khugepaged/defrag
echo 0 > /proc/sys/vm/compaction_proactiveness
echo 0 > /proc/sys/vm/page-cluster

# plan_of COMPRESSOR: sets mib and sizes.  The slowest get fewer pages.
plan_of() {
	case ${BENCH_QUICK:-}:$1 in
	1:*) mib=16 sizes='4 64 2048' ;;
	# so many that half a millisecond of something else is not 0.5 % of a row
	*:deflate-ia?) mib=64 sizes='4 16 64 256 1024 2048' ;;
	*:lz4 | *:lzo | *:lzo-rle | *:zstd) mib=32 sizes='4 16 64 256 1024 2048' ;;
	*) mib=8 sizes='4 64 2048' ;;
	esac
}

# wanted COMPRESSOR: is it part of this run?
wanted() {
	case ${BENCH_QUICK:-}:$1 in
	1:lz4 | 1:deflate-ia?) return 0 ;;
	1:* | :lzo) return 1 ;;
	esac
}

# figure NAME: from the line that zbench has printed
figure() { sed -n "s/^\(.* \)\{0,1\}$1=\([^ ]*\).*/\2/p" /tmp/out; }

# a row's faults gather in $why
must_be() { [ "$2" = "$3" ] || why="$why; $1 is '$2', want $3"; }
must_be_within() {
	[ "${2:-0}" -ge "$3" ] && [ "${2:-0}" -le "$4" ] || why="$why; $1 is '$2', want $3 to $4"
}

# row PATH COMPRESSOR KIB STATE STORED
row() {
	state=$4
	[ -z "$why" ] || state=invalid
	rows=$((rows + 1))
	echo "# csv $BENCH_TAG,$1,$2,$3,$state,$(figure out_ns),$(figure in_ns),$(figure pages),$5"
	if [ "$state" = invalid ]; then
		bad=1
		echo "# invalid: ${why#; }"
		echo "not ok $rows - $1 $2 ${3}K"
	else
		echo "ok $rows - $1 $2 ${3}K"
	fi
}

finish() {
	echo "1..$rows"
	[ $rows -gt 0 ] || fail "no row"
	exit $bad
}
