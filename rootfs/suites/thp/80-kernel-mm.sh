#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kernel's own mm selftests for THP and swap. A short run limits khugepaged to
# madvise(), gives transhuge-stress less memory and skips folio_split_race_test.
# LIMIT: 300
# SHORT: 7.3
. /zmem/lib.sh
[ -e /sys/kernel/mm/transparent_hugepage ] || skip "PREEMPT_RT has no THP"
swap_disk
zswap_on lz4
cd /tmp || exit 1
n=0 bad=0
# khugepaged wants 512 huge pages at once: MEM=2G
set -- "khugepaged$(amount "" " madvise:anon")" "transhuge-stress -d $(amount 5 "2 256")" "madv_populate"
kernel_is 6.12 || set -- "$@" split_huge_page_test
kernel_is 6.12 || [ "$SHORT" = 1 ] || set -- "$@" folio_split_race_test
# khugepaged scans every 10 ms. If the test is not scheduled for that long, khugepaged
# collapses the pages before the test has checked their state, and the test fails. Then it
# is run again, up to three times. Every attempt is a result; ci/known says how many may fail.
too_late() {
	[ "$(grep -c 'Fail' /tmp/out)" = "$(grep -cE '(Swapout|Trigger CoW) .*Fail' /tmp/out)" ] &&
		grep -q 'Fail' /tmp/out && ! grep -q 'Timeout' /tmp/out
}
# attempt PROGRAM [ARGUMENT...]: runs it and prints its result
attempt() {
	n=$((n + 1))
	ptyrun "$@" < /dev/null > /tmp/out 2>&1
	rc=$?
	# print the last lines, shortened and without colours and progress
	tr '\033' '\n' < /tmp/out | sed -e 's/^\[[0-9]*m//' -e 's/^\(ok\|not ok\) /. \1 /' -e '/^$/d' | cut -c1-160 | tail -n 25 | sed 's/^/# /'
	prog=${1#/kst/}
	if [ $rc = 0 ]; then
		echo "ok $n - $prog"
	elif [ $rc = 4 ]; then
		echo "ok $n - $prog # SKIP $(grep -m1 -i skip /tmp/out)"
	else
		echo "# status $rc"
		echo "not ok $n - $prog"
		return 1
	fi
}
for t in "$@"; do
	for try in 1 2 3; do
		# shellcheck disable=SC2086  # a program with its arguments
		attempt /kst/$t && break
		case $t in khugepaged*) too_late && [ $try != 3 ] || { bad=1; break; } ;; *) bad=1; break ;; esac
		echo "# khugepaged was there first: $(grep -aoE '(Swapout|Trigger CoW) [^.]*' /tmp/out | tail -n 1)"
	done
done
echo "1..$n"
[ $bad = 0 ] || subtests_failed
