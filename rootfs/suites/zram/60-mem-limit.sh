#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# At mem_limit writes fail and stored data does not change; writes succeed again without
# the limit.
# SHORT: 6.12
. /zmem/lib.sh
zram_on 64M lz4
dd if=/dev/urandom of=/tmp/ref bs=1M count=4 2> /dev/null
dd if=/tmp/ref of=/dev/zram0 bs=1M oflag=direct 2> /dev/null || fail "dd"
echo 8M > $z0/mem_limit
dd if=/dev/urandom of=/dev/zram0 bs=1M seek=8 count=16 oflag=direct 2> /dev/null && fail "16 MiB fit under a limit of 8"
expect_le "memory used" "$(mm_stat 3)" $((8 * 1048576))
dd if=/dev/zram0 bs=1M count=4 iflag=direct 2> /dev/null | cmp - /tmp/ref || fail "contents changed at the limit"
echo 0 > $z0/mem_limit
run zio -m 32 -n 100 /dev/zram0
zram_off
