#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kernel's own cgroup/test_zswap. On 6.12 it prints neither header nor plan, and it
# flushes its output after each line only on a terminal, which ptyrun provides.
# LIMIT: 400
# SHORT: 6.12
. /zmem/lib.sh
case $(uname -m) in i?86) skip "test_zswap needs more low memory than 32 bits have" ;; esac
# The last test allocates a twentieth of memory. Below 32 MiB, the largest mmap threshold
# of malloc(), it can get memory that was freed before and is not charged to its cgroup.
expect_gt "KiB of memory, for test_zswap" "$(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo)" $((20 * 32 * 1024))
swap_disk
zswap_set enabled Y
cd /tmp || exit 1
ptyrun /kst/test_zswap < /dev/null > /tmp/kst.log
grep -E '^(TAP|ok|not ok|1\.\.|#)' /tmp/kst.log > /tmp/kst.tap
n=$(grep -cE '^(not )?ok ' /tmp/kst.tap)
grep -q '^1\.\.' /tmp/kst.tap || echo "1..$n"
cat /tmp/kst.tap
expect_ge "results of test_zswap" "$n" 7
! grep -q '^not ok' /tmp/kst.tap
