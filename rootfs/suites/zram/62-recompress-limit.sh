#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Recompression keeps to the memory limit, and what it uses counts
. /zmem/lib.sh
modprobe zram num_devices=1
echo lz4 > $z0/comp_algorithm
echo "algo=zstd priority=1" > $z0/recomp_algorithm || fail "no second algorithm"
zram_on 16M
# text that lz4 leaves a page each, and zstd makes objects of a new class of
dd if=/dev/urandom bs=64k count=4 2> /dev/null | base64 -w 0 | dd of=/dev/zram0 bs=4k count=64 oflag=direct iflag=fullblock 2> /dev/null
sum=$(dd if=/dev/zram0 bs=4k count=64 iflag=direct 2> /dev/null | md5sum)
expect_eq "pages stored whole" "$(mm_stat 8)" 64
used=$(mm_stat 3)
echo "$used" > $z0/mem_limit
echo 0 > $z0/mem_used_max
if echo "type=huge max_pages=1" 2> /dev/null > $z0/recompress; then fail "recompressed beyond the limit"; fi
expect_eq "memory used at the limit" "$(mm_stat 3)" "$used"
expect_eq "pages stored whole" "$(mm_stat 8)" 64

echo 0 > $z0/mem_limit
run sh -c "echo type=huge max_pages=1 > $z0/recompress"
expect_eq "pages stored whole" "$(mm_stat 8)" 63
expect_gt "memory used with one page in a new class" "$(mm_stat 3)" "$used"
expect_ge "the most that was used" "$(mm_stat 5)" "$(mm_stat 3)"

# a limit below what is used refuses new memory only
used=$(mm_stat 3)
echo $((used - 32768)) > $z0/mem_limit
run sh -c "echo type=huge max_pages=1 > $z0/recompress"
expect_eq "pages stored whole" "$(mm_stat 8)" 62
expect_le "memory used above the limit" "$(mm_stat 3)" "$used"
[ "$sum" = "$(dd if=/dev/zram0 bs=4k count=64 iflag=direct 2> /dev/null | md5sum)" ] || fail "wrong data"
zram_off
