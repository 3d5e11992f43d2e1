#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# One of two queues goes and comes back while pages are swapped out and in: a reader
# of what the other queue could give back gets SIGBUS.
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
. /zmem/load.sh
swap_disk
iaa_load sync 2
zswap_on deflate-iaa
load_on
for _ in $(seq 60); do
	attr $dsa/drivers/crypto/unbind wq0.1
	wq_config iax0 1 32
	attr $dsa/drivers/crypto/bind wq0.1
done
load_off
expect_eq "pages that could not be read" "$(zswap_stat decompress_fail)" 0
zswap_empty
zswap_set compressor lzo
iaa_unload
