# SPDX-License-Identifier: GPL-2.0-only
# selftest.sh: what the selftests of the scripts share.  Sourced after lib.sh.
# shellcheck shell=sh

n=0 bad=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# the caller's knobs must not affect these tests
unset VIRTUAL BASE CONFIG TOPIC SUITES ONLY MUTANT CMD KERNEL_SRC QEMU_SRC SERIES SMP MEM MINUTES CYCLES MIB DEVICES SHORT DAY GUESTS SLOW RESUME
result() { # result STATUS NAME: what is in $tmp/out says why not
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		[ ! -f "$tmp/out" ] || sed 's/^/# /' "$tmp/out" | head -n 20
		echo "not ok $n - $2"
		bad=1
	fi
}
refuses() { # refuses NAME PATTERN COMMAND...: in at most four lines, one of which has PATTERN
	name=$1 pattern=$2 rc=0
	shift 2
	"$@" > "$tmp/out" 2>&1 < /dev/null || rc=$?
	[ $rc != 0 ] && [ $rc != 127 ] && grep -qE -e "$pattern" "$tmp/out" && [ "$(wc -l < "$tmp/out")" -le 4 ] && rc=0 || rc=1
	result $rc "$name"
}
m() { make --no-print-directory -C "$top" "$@"; }
