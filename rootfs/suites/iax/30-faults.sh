#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every status that the device can report instead of success (some of them in a short
# run), for compression, verification, decompression and symbol counting: readers get
# their data.
# LIMIT: 400
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load
ix_zswap
expects_error '^iax: wq0\.0: (.*, status 0x[0-9a-f]+, error 0x[0-9a-f]+$|verification of compressed data failed)'
no_faults() { iaxctl fault-kind=0 fault-count=0 fault-after=0 extra-ns=0; }
# under NAME STATUS ERROR [KIND]: swaps with injected faults
under() {
	struck=$(iax_stat faults)
	run iaxctl fault-kind="${4:-1}" fault-status="$2" fault-error="$3" fault-after=7 fault-count=97
	run zpages -m "$(amount 2 1)" -d text -p 50 -j 2 > /tmp/out
	struck=$(($(iax_stat faults) - struck))
	no_faults
	expect_ge "$1: injected faults" "$struck" 97
}
zswap_set max_pool_percent 50
n=0 some='0x03 0x0a 0x0b 0x13 0x19 0x20 0x3f 0xff'
rest='0x04 0x10 0x1f 0x24 0x83 0x11 0x12 0x16 0x1a 0x1b 0x1c 0x1d 0x1e 0x21 0x22 0x23 0x30 0x31 0x32 0x33 0x34 0x35 0x81'
for status in $some $(amount "$rest" ''); do
	under "status $status" $status 0
	n=$((n + 1))
done
for error in $(amount '1 15 17 25 30 36' '17 25'); do
	under "analytics error $error" 0x0a $error
done
# the same for deflate-iax-dynamic
zswap_on deflate-iax-dynamic
for status in $(amount '0x03 0x0a 0x0b 0x10 0x13 0x19 0x20 0x24 0xff' '0x0a 0x0b 0x19 0xff'); do
	under "dynamic, status $status" $status 0
done
zswap_on deflate-iax
zswap_empty
ix_no_errors
errors=$(ix_stat errors) could_not=$(ix_stat sw_fallback) retried=$(ix_stat retries)
echo "# $n statuses: $errors errors, $could_not fallbacks to software, $retried retries"
expect_gt "errors" "$errors" "$(amount 1000 300)"
expect_gt "fallbacks to software" "$could_not" "$(amount 2000 600)"
expect_gt "retries" "$retried" 90

# a bit of the output is flipped after the checksum was computed: verification detects it
wrong=$(ix_stat verify_errors)
under "flipped bits" 0 0 2
found=$(($(ix_stat verify_errors) - wrong))
echo "# $found of 97 flipped bits were in compressed data"
expect_gt "found by verification" "$found" 10
zswap_empty
zswap_set compressor lzo
ix_unload
