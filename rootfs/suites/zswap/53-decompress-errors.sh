#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A page that cannot be decompressed gives an error to its reader, is not written back,
# and is counted in both cases. No other data is lost, and the kernel does not crash.
# SHORT: 6.12
. /zmem/lib.sh
swap_disk
insmod /lib/zmem_fail.ko || fail "no zmem_fail"
par=/sys/module/zmem_fail/parameters
zswap_on zmemfail
fails=$zd/decompress_fail
[ -e $fails ] || fail "no counter decompress_fail"
mkfifo /tmp/zf.in
mkdir $cg/t-wb
sh -c "echo \$\$ > $cg/t-wb/cgroup.procs; exec zfault 4" < /tmp/zf.in > /tmp/zf.out &
zf=$!
exec 4> /tmp/zf.in
says() { # says LINE PATTERN: wait up to 20 s for that line of output and set said to it
	for _ in $(seq 200); do
		said=$(sed -n "$1p" /tmp/zf.out)
		[ -n "$said" ] && break
		sleep 0.1
	done
	echo "$said" | grep -qE "$2" || fail "zfault said '$said', not '$2'"
}
says 1 '^out 1024$'
stored=$(zswap_stat stored_pages)
expect_ge "pages stored" "$stored" 700

expects_error "^zswap: Decompression error from zswap "
before=$(cat $fails)
echo 1 > $par/fail_decomp_every
echo read >&4
says 2 '^read [0-9]+ failed'
bad=${said##* }
echo "# $stored stored; $said; counter $before to $(cat $fails)"
expect_ge "reads that failed" "$bad" 700
expect_ge "failures counted" $(($(cat $fails) - before)) "$bad"
expect_ge "pages still stored" "$(zswap_stat stored_pages)" $((stored * 9 / 10))

# writeback of pages that cannot be decompressed must not write to the disk
before=$(cat $fails) wb=$(zswap_stat written_back_pages)
echo 1 > $zp/shrinker_enabled
for _ in $(seq 40); do
	# The shrinker skips entries whose pages are in the swap cache: reclaim drops
	# the pages of the failed reads first. Reading memory.stat flushes the
	# statistics from which the shrinker takes the number of stored pages.
	echo 16M > $cg/t-wb/memory.reclaim 2>/dev/null
	cat $cg/t-wb/memory.stat > /dev/null
	[ "$(cat $fails)" = "$before" ] || break
	sleep 0.1
done
echo "# writeback: counter $before to $(cat $fails)"
expect_gt "failures of writeback" "$(cat $fails)" "$before"
expect_eq "pages written back" $(($(zswap_stat written_back_pages) - wb)) 0
echo 0 > $zp/shrinker_enabled

# The compressor works again. Reads succeed once reclaim has dropped the pages of the
# failed reads, since a fault on such a page reports the old error.
echo 0 > $par/fail_decomp_every
for turn in $(seq 3 42); do
	echo 16M > $cg/t-wb/memory.reclaim 2>/dev/null
	echo read >&4
	says $turn '^read [0-9]+ failed'
	[ "${said##* }" = 0 ] && break
	sleep 0.1
done
expect_is "read $((turn - 2)) after the errors" "$said" "read 1024 failed 0"
echo check >&4
says $((turn + 1)) '^equal$'
exec 4>&-
wait $zf || fail "zfault ended with status $?"
zswap_empty
zswap_set compressor lzo
