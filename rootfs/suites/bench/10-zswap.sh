#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ns per page stored to and loaded from zswap, by compressor and folio size. The swap
# device is a null_blk in the guest's memory that completes requests at once; a disk
# image would add the host's time.
# LIMIT: 900
. /zmem/suites/bench/bench.sh
. /zmem/suites/iax/iax.sh
. /zmem/suites/accel/account.sh
modprobe null_blk nr_devices=1 gb=1 memory_backed=1 irqmode=0 queue_mode=2 submit_queues=1 || fail "no null_blk"
swap=/dev/nullb0

held='stored_pages pool_total_size'
[ ! -e $zd/stored_incompressible_pages ] || held="$held stored_incompressible_pages"
files=
for f in $held; do files="$files $zd/$f"; done
# counters that must stand still, as one line
still() {
	for f in $zd/reject_* $zd/compress_error $zd/decompress_fail $zd/pool_limit_hit $zd/written_back_pages; do
		[ ! -e "$f" ] || echo "${f##*/}=$(cat "$f")"
	done | paste -s -d ' ' -
	[ "$kib" = 4 ] || echo "split=$(folio_stat "$kib" split) swpout_fallback=$(folio_stat "$kib" swpout_fallback)"
}

# device_did PAGES: each page compressed by the device, verified by it, and
# decompressed by it, and nothing else done
device_did() {
	if [ "$c" = deflate-iaa ]; then snapshot after; else iaxctl > /tmp/snap-after; fi
	must_be "compressions by the device" "$(delta before after compress-jobs)" "$1"
	must_be "bytes into the device" "$(delta before after compress-in)" $(($1 * 4096))
	must_be "decompressions by the device" "$(delta before after decompress-jobs)" $(($1 * 2))
	must_be "bytes from the device" "$(delta before after decompress-out)" $(($1 * 4096))
	must_be "failed jobs" "$(delta before after failed)" 0
	[ "$c" = deflate-iaa ] || return 0
	must_be "bytes compressed, by driver and device" "$(delta before after iaa-comp_bytes_out)" "$(delta before after compress-out)"
	must_be "done in software" "$(delta before after iaa-sw)" 0
}

iaa_gone() { (iaa_unload) > /dev/null 2>&1; }

one() { # one COMPRESSOR KIB [DATA]
	c=$1 kib=$2 data=${3:-mix} why='' state=ok
	only_folios "$kib"
	mkswap $swap > /dev/null && swapon $swap || fail "no swap area"
	zswap_on "$c"
	store_folios Y
	case $c in
	deflate-iaa) snapshot before ;;
	deflate-iax) iaxctl > /tmp/snap-before ;;
	esac
	still > /tmp/still
	out=$(vmstat zswpout) in=$(vmstat zswpin) disk=$(vmstat pswpout)
	whole=$(($(folio_stat "$kib" swpout) + $(folio_stat "$kib" zswpout)))
	rc=0
	# shellcheck disable=SC2086  # words on purpose
	zbench -m "$mib" -f "$kib" -d "$data" swap $files > /tmp/out 2>&1 || rc=$?
	out=$(($(vmstat zswpout) - out)) in=$(($(vmstat zswpin) - in)) disk=$(($(vmstat pswpout) - disk))
	whole=$(($(folio_stat "$kib" swpout) + $(folio_stat "$kib" zswpout) - whole))
	pages=$((mib * 256))
	[ $rc = 0 ] || why="; zbench: $(tail -n 1 /tmp/out)"
	must_be "data" "$(figure data)" equal
	must_be "what must stand still" "$(still)" "$(cat /tmp/still)"
	if [ $out = 0 ] && [ "$kib" != 4 ] && kernel_is 6.12; then
		state=bypass
		must_be "pages to the disk" $disk $pages
		must_be "folios out whole" $whole $((mib * 1024 / kib))
	else
		must_be "pages into zswap" $out $pages
		must_be "pages from zswap" $in $pages
		must_be "pages to the disk" $disk 0
		must_be "pages held" "$(figure stored_pages)" $pages
		must_be_within "bytes stored" "$(figure pool_total_size)" $((pages * 512)) $((pages * 3072))
		case $held in
		*incompressible*) must_be "pages held raw" "$(figure stored_incompressible_pages)" 0 ;;
		esac
		[ "$kib" = 4 ] || [ ! -e $thp/hugepages-"$kib"kB/stats/zswpout ] ||
			must_be "folios out whole" $whole $((mib * 1024 / kib))
	fi
	case $c in
	deflate-ia?) device_did "$out" ;;
	esac
	swapoff $swap || fail "swapoff"
	zswap_empty
	row zswap "$c${3:+:$3}" "$kib" $state "$(figure pool_total_size)"
}

for c in $(compressors); do
	wanted "$c" || continue
	plan_of "$c"
	for kib in $sizes; do one "$c" "$kib"; done
done
# what the data are decides how much of a page's time is the compressor's own
if wanted lz4; then
	plan_of lz4
	for data in sparse records text; do
		for kib in 4 64; do one lz4 "$kib" "$data"; done
	done
fi
# the accelerator, if the machine has one, by the in-tree driver as it comes:
# polling, and with each compression verified
if has_iax && wanted deflate-iaa; then
	iaa_default
	plan_of deflate-iaa
	for kib in $sizes; do one deflate-iaa "$kib"; done
	# and by ours
	if ix_there; then
		zswap_set compressor lzo
		wait_for "the last user of iaa_crypto" iaa_gone
		ix_on 1
		wait_for "the self-tests of iax" ix_tested
		for kib in $sizes; do one deflate-iax "$kib"; done
	fi
fi
finish
