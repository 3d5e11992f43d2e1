# SPDX-License-Identifier: GPL-2.0-only
# lib.sh: what the tests in the guest share
# shellcheck shell=sh

zp=/sys/module/zswap/parameters
zd=/sys/kernel/debug/zswap
cg=/sys/fs/cgroup

fail() { echo "FAILED: $*"; exit 1; }
skip() { echo "$*" > /tmp/skip; exit 4; }
# subtests_failed: ends a test that has nothing to add to the results it has printed
subtests_failed() { exit 5; }

# expects_error EXPRESSION: errors of the driver that the test causes: until it ends, the judge
# takes none of those amiss that the extended regular expression, beginning with ^, matches,
# and one of them must come
expects_error() { echo "zmem: expects: $1" > /dev/kmsg; }
allows_error() { echo "zmem: allows: $1" > /dev/kmsg; }	# that it may cause, or not

# run NAME COMMAND...: fails the test when the command does
# (on standard error: its output may go to a file)
run() { "$@" || fail "'$*' ended with status $?" >&2; }

kernel_is() { case $(uname -r) in "$1".*) return 0 ;; esac; return 1; }

# amount FULL SHORT: how much a test does
amount() { [ "$SHORT" = 1 ] && echo "$2" || echo "$1"; }

zswap_set() { echo "$2" > "$zp/$1"; }
zswap_get() { cat "$zp/$1"; }
zswap_stat() { cat "$zd/$1"; }
vmstat() { awk -v k="$1" '$1 == k { print $2; found = 1 } END { exit !found }' /proc/vmstat; }
mem_event() { awk -v k="$2" '$1 == k { print $2 }' "$cg/$1/memory.stat"; }

# compressors: what zswap can be given on this kernel
compressors() {
	for c in lzo lzo-rle lz4 lz4hc zstd deflate 842; do
		grep -qE "^name +: $c\$" /proc/crypto || zswap_probe "$c" || continue
		echo "$c"
	done
}
zswap_probe() { zswap_set compressor "$1" 2>/dev/null && [ "$(zswap_get compressor)" = "$1" ]; }
# pools: the allocators to try.  z3fold is left out: on 6.12 a second pool
# repeats the name of a slab cache and a pool that goes leaves handles behind,
# both reported by the kernel (deprecated there, gone in 6.15).
pools() {
	[ -e "$zp/zpool" ] && echo zsmalloc zbud || echo zsmalloc
}

# expect_eq WHAT GOT WANT and its like: the message holds both figures
expect_eq() { [ "$2" -eq "$3" ] || fail "$1: got $2, want $3"; }
expect_is() { [ "$2" = "$3" ] || fail "$1: got '$2', want '$3'"; }
expect_gt() { [ "$2" -gt "$3" ] || fail "$1: got $2, want more than $3"; }
expect_ge() { [ "$2" -ge "$3" ] || fail "$1: got $2, want at least $3"; }
expect_le() { [ "$2" -le "$3" ] || fail "$1: got $2, want at most $3"; }

# wait_for WHAT COMMAND...: up to 10 s, more where all takes longer
wait_for() {
	what_for=$1
	shift
	for _ in $(seq $((200 * ${SLOW:-1}))); do
		"$@" && return 0
		sleep 0.05
	done
	fail "waited in vain for $what_for"
}

# swap_disk: a fresh swap area on the first disk.  It must not count as
# rotating: 6.12 gives large folios no place on a disk that does.
swap_disk() {
	echo 0 > /sys/block/vda/queue/rotational
	mkswap /dev/vda > /dev/null && swapon /dev/vda
}
zswap_on() { # zswap_on [compressor]
	[ -z "$1" ] || { zswap_set compressor "$1" || fail "compressor $1 is refused"; }
	[ -z "$1" ] || [ "$(zswap_get compressor)" = "$1" ] || fail "asked for $1, got $(zswap_get compressor)"
	zswap_set enabled Y
}

# zswap_empty: after swapoff or exit of every user the pool holds nothing
zswap_empty() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ "$(zswap_stat stored_pages)" -eq 0 ] && return 0
		sleep 0.2
	done
	fail "zswap still holds $(zswap_stat stored_pages) pages"
}

# background jobs of a test: bg COMMAND...; bg_stop ends them
bg() { "$@" & jobs_pids="$jobs_pids $!"; }
bg_stop() {
	# shellcheck disable=SC2086
	kill $jobs_pids 2>/dev/null
	# shellcheck disable=SC2086
	wait $jobs_pids 2>/dev/null
	jobs_pids=
}

thp_defaults() { # thp_defaults save|restore
	d=/sys/kernel/mm/transparent_hugepage
	[ -e $d ] || return 0
	thp_rc=0
	for f in $d/enabled $d/shmem_enabled $d/hugepages-*/enabled $d/hugepages-*/shmem_enabled; do
		[ -e "$f" ] || continue
		t=/tmp/default$(echo "$f" | tr / _)
		# the value in force stands in brackets
		if [ "$1" = save ]; then
			sed 's/.*\[\(.*\)\].*/\1/' "$f" > "$t"
		else
			cat "$t" > "$f" || thp_rc=1
		fi
	done
	return $thp_rc
}

# zram: one device, z0 its directory in sysfs
z0=/sys/block/zram0
zram_on() { # zram_on SIZE [algorithm]
	[ -d $z0 ] || modprobe zram num_devices=1 || fail "no zram"
	[ -z "$2" ] || echo "$2" > $z0/comp_algorithm || fail "zram refuses $2"
	echo "$1" > $z0/disksize || fail "zram refuses a size of $1"
}
zram_off() { # everything is freed by a reset
	echo 1 > $z0/reset || fail "reset: device busy"
}
# mm_stat N: the N-th figure: 1 orig 2 compr 3 used 4 limit 5 max 6 same 7 compacted 8 huge
mm_stat() { awk -v n="$1" '{ print $n }' $z0/mm_stat; }
