# SPDX-License-Identifier: GPL-2.0-only
# kst.sh: runs a kselftest of the topics selftests-*.  Sourced after lib.sh.
# shellcheck shell=sh

# kst PROGRAM: each of its tests is a subtest
kst() {
	cd /kst || fail "no /kst"
	rc=0
	"./$1" < /dev/null > /tmp/kst.log 2>&1 || rc=$?
	grep -E '^(ok|not ok|1\.\.|#)' /tmp/kst.log | sed '/^#  *\(RUN\|OK\)/d'
	case $rc in
	0) ;;
	4) skip "$(sed -n 's/^1\.\.0 # SKIP //p' /tmp/kst.log)" ;;
	1) subtests_failed ;;
	*) tail -n 5 /tmp/kst.log; fail "$1 ended with status $rc" ;;
	esac
}
