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
# collapses the pages before the test has checked their state, and the test fails.
too_late() {
	[ "$(grep -c 'Fail' /tmp/out)" = "$(grep -cE '(Swapout|Trigger CoW) .*Fail' /tmp/out)" ] &&
		grep -q 'Fail' /tmp/out && ! grep -q 'Timeout' /tmp/out
}
echo "1..$#"
for t in "$@"; do
	n=$((n + 1))
	for try in 1 2 3 4 5; do
		# shellcheck disable=SC2086  # a program with its arguments
		ptyrun /kst/$t < /dev/null > /tmp/out 2>&1
		rc=$?
		[ $rc != 0 ] && [ "$t" = khugepaged ] && too_late || break
		echo "# try $try: khugepaged was there first: $(grep -aoE '(Swapout|Trigger CoW) [^.]*' /tmp/out | tail -n 1)"
	done
	# print the last lines, shortened and without colours and progress
	tr '\033' '\n' < /tmp/out | sed -e 's/^\[[0-9]*m//' -e 's/^\(ok\|not ok\) /. \1 /' -e '/^$/d' | cut -c1-160 | tail -n 25 | sed 's/^/# /'
	if [ $rc = 0 ]; then
		echo "ok $n - ${t%% *}"
	elif [ $rc = 4 ]; then
		echo "ok $n - ${t%% *} # SKIP $(grep -m1 -i skip /tmp/out)"
	else
		echo "# status $rc"
		echo "not ok $n - ${t%% *}"
		bad=1
	fi
done
[ $bad = 0 ]
