# SPDX-License-Identifier: GPL-2.0-only
# selftest.sh: what the selftests of the scripts share.  Sourced after lib.sh.
# shellcheck shell=sh

. "$top/scripts/tap.sh"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# the caller's knobs must not affect these tests
unset VIRTUAL BASE CONFIG TOPIC SUITES ONLY MUTANT CMD KERNEL_SRC QEMU_SRC SERIES SMP MEM MINUTES CYCLES MIB DEVICES SHORT DAY GUESTS SLOW RESUME ROWS FORMAT KEEP PLAN STATE TIMES PROGRESS_DIR PROGRESS_EVERY
result() { point "$1" "$2" "$tmp/out"; } # result STATUS NAME: $tmp/out says why not
same() { # same NAME GOT WANT
	printf '%s\n' "got: $2" "want: $3" > "$tmp/same"
	[ "$2" = "$3" ] && point 0 "$1" || point 1 "$1" "$tmp/same"
}
refuses() { # refuses NAME PATTERN COMMAND...: in at most four lines, one of which has PATTERN
	name=$1 pattern=$2 rc=0
	shift 2
	"$@" > "$tmp/out" 2>&1 < /dev/null || rc=$?
	[ $rc != 0 ] && [ $rc != 127 ] && grep -qE -e "$pattern" "$tmp/out" && [ "$(wc -l < "$tmp/out")" -le 4 ] && rc=0 || rc=1
	result $rc "$name"
}
m() { make --no-print-directory -C "$top" "$@"; }
