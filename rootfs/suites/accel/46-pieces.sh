#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Sources and destinations of two entries under iaa_crypto, without a WQ and with one: no byte
# changes, and software decompresses the streams.
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
iaa_load sync
pieces() { # pieces WHEN
	sw=$(iaa_sw)
	insmod /lib/zmem_acomp.ko alg=deflate-iaa pages=64 file=/bin/busybox pieces=3 || fail "$1: $(dmesg | grep zmem_acomp: | tail -n 1)"
	bytes=$(cat /sys/module/zmem_acomp/parameters/comp_bytes) no_room=$(cat /sys/module/zmem_acomp/parameters/no_room)
	run rmmod zmem_acomp
	echo "# $1: 64 pages became $bytes bytes, $no_room did not fit, $(($(iaa_sw) - sw)) fallbacks to software"
	expect_gt "$1: bytes" "$bytes" 65536
	expect_le "$1: pages that did not fit" "$no_room" 4
}
attr $dsa/drivers/crypto/unbind wq0.0
pieces "without a WQ"
wq_config iax0 0 64
attr $dsa/drivers/crypto/bind wq0.0
pieces "with a WQ"
iaa_unload
