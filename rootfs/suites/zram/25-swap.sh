#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Swap on zram, every byte compared, with forked and shared memory.
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/pressure.sh
zswap_set enabled N
zram_on 256M lz4
mkswap /dev/zram0 > /dev/null && swapon /dev/zram0 || fail "swapon"
mib=$(amount 32 12)
out=$(vmstat pswpout)
run zpages -m "$mib" -d mix -n 2 -j 2 -p 90
# one page in eight is full of zeroes, and these are not written
expect_ge "pages out" $(($(vmstat pswpout) - out)) $((mib * 256 * 2 * 3 / 4))
run zpages -m "$(amount 16 8)" -k fork -n 2 -p 90
# let kswapd swap out, so that zram's locks are taken below the locks of reclaim
filled $cg -m 32 -d mix
kswapd_swaps 2000
touch /tmp/filled
wait $pid || fail "$(cat /tmp/out)"
run swapoff /dev/zram0
zram_off
