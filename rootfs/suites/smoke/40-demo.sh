#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The demo stores all pages and reads them back, in zswap and in zram; its screen shows each
# figure, and the state before is restored.  The greeting names what the guest has.
. /zmem/lib.sh
modprobe zram num_devices=1 || fail "no zram"
swap_disk
zswap_set max_pool_percent 50
zswap_on lz4
figure() { awk -v k="$1" '$1 == k { print $2 }' /tmp/demo; }
one() { # one TARGET COMPRESSOR
	run demo -1 -m 8 "$1" "$2" > /tmp/demo
	cat /tmp/demo
	expect_is "$1: target" "$(figure target)" "$1"
	expect_is "$1: compressor" "$(figure compressor)" "$2"
	expect_eq "$1: pages" "$(figure pages)" 2048
	expect_ge "$1: pages stored" "$(figure stored)" 2000
	expect_is "$1: data" "$(figure data)" equal
	expect_ge "$1: ratio in percent" "$(figure ratio | tr -d .)" 150
	expect_gt "$1: pages/s out" "$(figure out_pages_per_s)" 0
	expect_gt "$1: pages/s in" "$(figure in_pages_per_s)" 0
	expect_eq "$1: by the device" "$(figure device_percent)" 0
}
one zswap lzo
expect_is "compressor after the demo" "$(zswap_get compressor)" lz4
one zram lzo-rle
expect_is "zswap after the demo" "$(zswap_get enabled)" Y
expect_eq "swap areas after the demo" "$(($(wc -l < /proc/swaps) - 1))" 1
run demo -m 8 -t 2 zswap lzo > /tmp/screen
for word in filled stored out in device data 'pages/s' ratio; do
	grep -q "$word" /tmp/screen || fail "the screen has no '$word'"
done
[ "$(tr -cd '\033' < /tmp/screen | wc -c)" -ge 10 ] || fail "the screen was not drawn: $(head -c 300 /tmp/screen | tr '\033' E)"
greeting > /tmp/greeting
for word in "$(uname -r)" lz4 /dev/zram0 /dev/vda demo accelerator; do
	grep -qF "$word" /tmp/greeting || fail "the greeting does not name $word"
done
