# SPDX-License-Identifier: GPL-2.0-only
# results.sh: what the kernel's own tests, run when it booted (kunit.enable=1),
# have found.  Sourced after lib.sh.
# shellcheck shell=sh

# kunit_results LEAST SUITE...: their cases as subtests; each suite has at least
# LEAST of them, and none has failed or was left out
kunit_results() {
	least=$1
	shift
	: > /tmp/kunit.all
	for suite; do
		results=/sys/kernel/debug/kunit/$suite/results
		[ -e "$results" ] || fail "no KUnit suite $suite"
		sed -n 's/^ *\(not ok\|ok\) [0-9]* \([a-z]*_test_[a-z_]*\)\(.*\)/\1 \2\3/p; s/^ *\(# .*\)/\1/p' "$results" > /tmp/kunit
		expect_ge "cases of $suite" "$(grep -c '^\(not \)\?ok ' /tmp/kunit)" "$least"
		cat /tmp/kunit >> /tmp/kunit.all
	done
	echo "1..$(grep -c '^\(not \)\?ok ' /tmp/kunit.all)"
	awk '/^not ok / { print "not ok", ++n, "-", $3; next }
		/^ok .*# *SKIP/ { print "not ok", ++n, "-", $2, "(left out)"; next }
		/^ok / { print "ok", ++n, "-", $2; next } { print }' /tmp/kunit.all
	# what they are for is in every kernel of the bench
	expect_eq "cases that were left out" "$(grep -c '^ok .*# *SKIP' /tmp/kunit.all)" 0
	expect_eq "cases that failed" "$(grep -c '^not ok ' /tmp/kunit.all)" 0
}
