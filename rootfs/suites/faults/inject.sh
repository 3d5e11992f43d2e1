# SPDX-License-Identifier: GPL-2.0-only
# inject.sh: allocations that fail.  Sourced after lib.sh.
# shellcheck shell=sh

# faults_below FUNCTION [MODULE]: failslab and fail_page_alloc concern what that
# function allocates, or whom it calls, in whatever way; neither is switched on
faults_below() {
	# from its address to that of the next symbol
	# shellcheck disable=SC2046  # words on purpose
	set -- "$1" $(sort /proc/kallsyms | awk -v f="$1" -v m="${2:+[$2]}" 'found { print $1; exit } $3 == f && $4 == m { print $1; found = 1 }')
	expect_eq "addresses of $1" $(($# - 1)) 2
	for d in /sys/kernel/debug/failslab /sys/kernel/debug/fail_page_alloc; do
		[ -e $d/require-start ] || fail "no fault injection by stack trace"
		{
			echo "0x$2" > $d/require-start
			echo "0x$3" > $d/require-end
			echo N > $d/ignore-gfp-wait
			echo 0 > $d/verbose
		} || fail "fault injection cannot be set up"
	done
	echo N > $d/ignore-gfp-highmem && echo 0 > $d/min-order || fail "fault injection cannot be set up"
}
