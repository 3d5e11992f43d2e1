#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kernel's own tests of zsmalloc and zbud, run when it booted (cmdline)
. /zmem/lib.sh
kernel_is 6.12 || skip "these tests are part of the series for 6.12"
total=0
: > /tmp/kunit.all
for suite in zsmalloc zbud; do
	results=/sys/kernel/debug/kunit/$suite/results
	[ -e $results ] || fail "no KUnit suite $suite"
	# their cases as subtests
	sed -n 's/^ *\(not ok\|ok\) [0-9]* \([a-z]*_test_[a-z_]*\).*/\1 \2/p; s/^ *\(# .*\)/\1/p' $results > /tmp/kunit
	cases=$(grep -c '^\(not \)\?ok ' /tmp/kunit)
	expect_ge "cases of $suite" "$cases" 6
	cat /tmp/kunit >> /tmp/kunit.all
	total=$((total + cases))
done
echo "1..$total"
awk '/^not ok / { print "not ok", ++n, "-", $3; next } /^ok / { print "ok", ++n, "-", $2; next } { print }' /tmp/kunit.all
expect_eq "cases that failed" "$(grep -c '^not ok ' /tmp/kunit.all)" 0
