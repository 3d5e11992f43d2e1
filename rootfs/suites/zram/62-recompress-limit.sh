#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Recompression at or above mem_limit completes and frees memory.  The old object of a
# page is freed after the new one is stored, so the pool may temporarily exceed mem_limit
# (or the memory in use at the start, if that is more) by one zspage.  mem_used_max
# includes this.
. /zmem/lib.sh
modprobe zram num_devices=1
zspage=$((8 * 4096))	# by default a zspage has at most 8 pages
ready() { # write 64 pages of text that only zstd makes smaller: lz4 stores them as huge
	echo lz4 > $z0/comp_algorithm
	echo "algo=zstd priority=1" > $z0/recomp_algorithm || fail "no second algorithm"
	zram_on 16M
	dd if=/tmp/text of=/dev/zram0 bs=4k count=64 oflag=direct 2> /dev/null || fail "dd"
	expect_eq "pages stored whole" "$(mm_stat 8)" 64
	used=$(mm_stat 3)
}
passed() { # passed WHAT: check that most pages are recompressed and the memory is bounded
	echo "# $1: $(mm_stat 8) of 64 pages still whole, $(mm_stat 3) bytes used of $used, $(mm_stat 5) at most"
	expect_le "pages stored whole, $1" "$(mm_stat 8)" 16
	expect_le "memory used, $1" "$(mm_stat 3)" $((used - 4 * 4096))
	expect_gt "the most that was used, $1" "$(mm_stat 5)" "$used"
	expect_le "the most that was used, $1" "$(mm_stat 5)" $((used + zspage))
	dd if=/dev/zram0 bs=4k count=64 iflag=direct 2> /dev/null | cmp - /tmp/text || fail "wrong data, $1"
	zram_off
}
dd if=/dev/urandom bs=64k count=4 2> /dev/null | base64 -w 0 | head -c 262144 > /tmp/text

ready
echo "$used" > $z0/mem_limit
echo 0 > $z0/mem_used_max
run sh -c "echo type=huge > $z0/recompress"
passed "at the limit"

# with a limit below the memory in use writes fail, and recompression still works
ready
echo $((used / 2)) > $z0/mem_limit
echo 0 > $z0/mem_used_max
if dd if=/dev/urandom of=/dev/zram0 bs=4k seek=100 count=8 oflag=direct 2> /dev/null; then fail "a page was stored above the limit"; fi
echo 0 > $z0/mem_used_max
run sh -c "echo type=huge > $z0/recompress"
passed "above the limit"

ready
run sh -c "echo type=huge max_pages=1 > $z0/recompress"
expect_eq "pages stored whole" "$(mm_stat 8)" 63
expect_gt "memory used with one page in a new class" "$(mm_stat 3)" "$used"
expect_ge "the most that was used" "$(mm_stat 5)" "$(mm_stat 3)"
zram_off
