#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kernel's own cgroup/test_zswap.  On 6.12 it prints neither header nor
# plan and needs a terminal to flush its lines in time; ptyrun gives both
# kernels one.  One of its parts fills all memory there is, which takes minutes: in a
# short run most of it is off meanwhile, and zswap gets more of it, for at its limit it
# writes back what other parts count.
# LIMIT: 200
# SHORT: 6.12
. /zmem/lib.sh
case $(uname -m) in i?86) skip "test_zswap needs more low memory than 32 bits have" ;; esac
swap_disk
zswap_set enabled Y
cd /tmp || exit 1
blocks=/sys/devices/system/memory
mib() { awk '$1 == "MemTotal:" { print int($2 / 1024) }' /proc/meminfo; }
online() { for b in $off; do echo online > "$b/state"; done; }
off=
trap online EXIT
# the last blocks first, in which there is least
for b in $(ls -d $blocks/memory[0-9]* | sort -r -n -t y -k 5); do
	[ "$SHORT" = 1 ] && [ "$(mib)" -gt 640 ] || break
	! echo offline 2> /dev/null > "$b/state" || off="$off $b"
done
[ -z "$off" ] || zswap_set max_pool_percent 50
echo "# $(mib) MiB"
ptyrun /kst/test_zswap < /dev/null > /tmp/kst.log
grep -E '^(TAP|ok|not ok|1\.\.|#)' /tmp/kst.log > /tmp/kst.tap
n=$(grep -cE '^(not )?ok ' /tmp/kst.tap)
grep -q '^1\.\.' /tmp/kst.tap || echo "1..$n"
cat /tmp/kst.tap
expect_ge "results of test_zswap" "$n" 7
! grep -q '^not ok' /tmp/kst.tap
