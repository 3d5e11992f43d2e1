#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# zswap with deflate-iaa: 352 MiB are swapped out and in (64 MiB in a short run), every
# byte is compared, and the counters of driver and device agree.
# LIMIT: 400
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
. /zmem/suites/accel/account.sh
swap_disk
zswap_set max_pool_percent 50
for mode in sync async_irq; do
	iaa_load $mode
	zswap_on deflate-iaa
	snapshot before
	out=$(vmstat zswpout) in=$(vmstat zswpin)
	case $mode in sync) mib=$(amount 96 18) ;; *) mib=$(amount 80 14) ;; esac
	run zpages -m $mib -d mix -p 90 -j 2 > /tmp/out
	cat /tmp/out
	zswap_empty
	snapshot after
	out=$(($(vmstat zswpout) - out)) in=$(($(vmstat zswpin) - in))
	comp=$(delta before after iaa-comp_calls) decomp=$(delta before after iaa-decomp_calls)
	echo "# $mode: $out pages out, $in in; driver: $comp compressed, $decomp decompressed"
	expect_ge "$mode: pages stored" $out $((mib * 256 * 7 / 10))
	expect_ge "$mode: compressions" $comp $out
	expect_ge "$mode: decompressions" $decomp $((in * 8 / 10))
	expect_eq "$mode: in software" "$(delta before after iaa-sw)" 0
	expect_eq "$mode: errors" $(($(delta before after iaa-completion_einval_errors) + $(delta before after iaa-completion_timeout_errors))) 0
	# each compression is verified by one decompression on the device
	expect_eq "$mode: compressions by driver and device" "$comp" "$(delta before after compress-jobs)"
	expect_eq "$mode: bytes compressed, by driver and device" "$(delta before after iaa-comp_bytes_out)" "$(delta before after compress-out)"
	over=$(delta before after iaa-completion_comp_buf_overflow_errors)
	expect_eq "$mode: decompressions by driver and device" $((decomp + comp - over)) "$(delta before after decompress-jobs)"
	expect_eq "$mode: completed descriptors" "$(delta before after submitted)" "$(delta before after completed)"
	zswap_set compressor lzo
	zswap_set enabled N
	iaa_unload
done
