#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Forked children share swapped pages, write half of them and swap them out again; then
# the same with shared memory.
# SHORT: 7.3
. /zmem/lib.sh
swap_disk
zswap_on lz4
zswap_set max_pool_percent 50
before=$(vmstat zswpout)
mib=$(amount 16 4)
run zpages -m "$mib" -k fork -n 3 -p 90
# folios in a per-CPU batch are not reclaimed, so not every page is stored
run zpages -m "$mib" -k shmem -n 3 -p 60
expect_gt "pages stored" $(($(vmstat zswpout) - before)) $((mib * 250))
zswap_empty
