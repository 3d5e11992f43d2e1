#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A second WQ is bound while pages are swapped out and in: every page can be read, and
# the device compresses part of them. The WQ is unbound when no request is in flight;
# iaa_crypto does not survive more (results/iaa-faults.md, unbind-busy). zmem_delay
# extends the time during which the WQ table is empty.
# LIMIT: 200
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
. /zmem/load.sh
swap_disk
iaa_load sync 2
zswap_on deflate-iaa
insmod /lib/zmem_delay.ko symbol=wq_table_add_wqs comm=sh us=60000 || fail "no zmem_delay"
before=$(iax_stat compress-jobs)
rounds=$(amount 8 2)
for _ in $(seq $rounds); do
	zswap_empty
	attr $dsa/drivers/crypto/unbind wq0.1
	wq_config iax0 1 32
	load_on
	sleep 0.4
	attr $dsa/drivers/crypto/bind wq0.1
	sleep 0.1
	load_off
done
hits=$(cat /sys/module/zmem_delay/parameters/hits)
echo "$hits delays"
expect_gt "delays" "$hits" $rounds
run rmmod zmem_delay
expect_eq "pages that could not be read" "$(zswap_stat decompress_fail)" 0
expect_gt "compressions by the device" $(($(iax_stat compress-jobs) - before)) $((rounds * 125))
zswap_empty
zswap_set compressor lzo
iaa_unload
