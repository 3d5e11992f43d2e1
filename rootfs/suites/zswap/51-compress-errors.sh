#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The compressor fails for every fourth page: the errors are counted, and no data is
# lost. 6.12 rejects such pages, 7.3 stores them as is.
# SHORT: 7.3
. /zmem/lib.sh
swap_disk
insmod /lib/zmem_fail.ko || fail "no test compressor"
fp=/sys/module/zmem_fail/parameters
zswap_set max_pool_percent 50
zswap_on zmemfail
echo 4 > $fp/fail_every
rejected=$(zswap_stat reject_compress_fail)
[ ! -e "$zd/compress_error" ] || errors=$(zswap_stat compress_error)
before=$(cat $fp/failures)
run zpages -m 12 -d text -n 2 -p 90
failures=$(($(cat $fp/failures) - before))
echo "$failures failures of $(cat $fp/calls) calls"
expect_gt "failures provoked" $failures 1000
if kernel_is 6.12; then
	seen=$(($(zswap_stat reject_compress_fail) - rejected))
else
	[ -e "$zd/compress_error" ] || fail "no counter moved: reject_compress_fail $(($(zswap_stat reject_compress_fail) - rejected))"
	seen=$(($(zswap_stat compress_error) - errors))
fi
# the counters of zswap are incremented without a lock and can miss updates
expect_ge "errors counted" "$seen" $((failures * 95 / 100))
expect_le "errors counted" "$seen" $failures
echo 0 > $fp/fail_every
zswap_on lz4
zswap_empty
