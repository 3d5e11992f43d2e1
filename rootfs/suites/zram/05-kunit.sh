#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kernel's own tests of zsmalloc, run when it booted (suites/zram/cmdline)
. /zmem/lib.sh
kernel_is 6.12 || skip "these tests are part of the series for 6.12"
results=/sys/kernel/debug/kunit/zsmalloc/results
[ -e $results ] || fail "no KUnit suite zsmalloc"
# their cases as subtests
sed -n 's/^ *\(not ok\|ok\) \([0-9]*\) \(zs_test_[a-z_]*\).*/\1 \2 - \3/p; s/^ *\(# .*\)/\1/p' $results > /tmp/kunit
cases=$(grep -c '^\(not \)\?ok ' /tmp/kunit)
echo "1..$cases"
cat /tmp/kunit
expect_ge "cases" "$cases" 6
expect_eq "cases that failed" "$(grep -c '^not ok ' /tmp/kunit)" 0
