#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Recompression fails if no algorithm is configured for it, skips pages that already use
# the last algorithm, and marks a page as incompressible only after all algorithms of a
# higher priority have failed to make it smaller.
# 7.3 tries one algorithm per pass and marks pages that the last algorithm does not make
# smaller.
# SHORT: 6.12
. /zmem/lib.sh
modprobe zram num_devices=1
dd if=/dev/urandom bs=64k count=4 2> /dev/null | base64 -w 0 | head -c 262144 > /tmp/text
dd if=/dev/urandom of=/tmp/random bs=4k count=64 2> /dev/null
ready() { # ready PRIORITY=ALGORITHM...: with 64 pages of text, then 64 of random bytes
	echo lz4 > $z0/comp_algorithm
	for a in "$@"; do
		echo "algo=${a#*=} priority=${a%%=*}" > $z0/recomp_algorithm || fail "no $a"
	done
	zram_on 16M
	dd if=/tmp/text of=/dev/zram0 bs=4k oflag=direct 2> /dev/null || fail "dd"
	dd if=/tmp/random of=/dev/zram0 bs=4k seek=64 oflag=direct 2> /dev/null || fail "dd"
	echo all > $z0/idle
}
count() { # count TEXT|RANDOM FLAG: pages with a flag of block_state
	awk -v f="$2" -v r="$1" '($1 >= 64) == (r == "RANDOM") && index($3, f) { n++ } END { print n + 0 }' \
		/sys/kernel/debug/zram/zram0/block_state
}
pass() { run sh -c "echo '$*' > $z0/recompress"; }
refused() { if echo "$*" 2> /dev/null > $z0/recompress; then fail "recompress takes '$*'"; fi; }
same() {
	cat /tmp/text /tmp/random | cmp -n 524288 - /dev/zram0 || fail "wrong data"
	zram_off
}

# no algorithm for recompression: no page is read, so all stay idle
ready
refused type=idle
refused priority=1
expect_eq "idle pages" "$(count TEXT i)" 64
same

# a gap in the priorities
ready 2=zstd
refused priority=1
refused priority=3
refused priority=4000000000
expect_eq "idle pages" "$(count TEXT i)" 64
if kernel_is 6.12; then pass type=idle; else pass type=idle priority=2; fi
expect_eq "pages recompressed" "$(count TEXT r)" 64
expect_eq "random pages that are marked incompressible" "$(count RANDOM n)" 64

# pages that already use the last algorithm are not read or counted and stay idle
echo all > $z0/idle
pass type=idle priority=2
expect_eq "idle pages after a second pass" "$(count TEXT i)" 64
pass max_pages=1 priority=2
expect_eq "idle pages after a third pass" "$(count TEXT i)" 64
same

# a page that the first of two algorithms does not make smaller is not marked
ready 1=deflate 2=zstd
pass priority=1
expect_eq "random pages that are marked after the first algorithm" "$(count RANDOM n)" 0
if kernel_is 6.12; then
	pass priority=2
	expect_eq "random pages that are marked after the second algorithm" "$(count RANDOM n)" 0
	pass
fi
pass priority=2
expect_eq "random pages that are marked" "$(count RANDOM n)" 64
# the text was recompressed with the first algorithm and tried with the second
echo all > $z0/idle
pass type=idle priority=2
expect_eq "idle pages that both algorithms were tried on" "$(count TEXT i)" 64
same
kernel_is 6.12 || exit 0

# the algorithm makes the pages smaller, but not below the threshold
ready 1=zstd 2=842
pass threshold=1000
expect_eq "pages recompressed" "$(count TEXT r)" 0
expect_eq "pages that are marked, but can be made smaller" "$(count TEXT n)" 0
expect_eq "random pages that are marked" "$(count RANDOM n)" 64
pass
expect_eq "pages recompressed" "$(count TEXT r)" 64
same
