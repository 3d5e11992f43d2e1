#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The demo uses the accelerator without being told to, and its share is that of all pages.
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load
swap_disk
zswap_set max_pool_percent 50
before=$(iax_stat compress-jobs)
run demo -1 -m 8 > /tmp/demo
cat /tmp/demo
figure() { awk -v k="$1" '$1 == k { print $2 }' /tmp/demo; }
expect_is compressor "$(figure compressor)" deflate-iax
expect_is data "$(figure data)" equal
expect_ge "pages stored" "$(figure stored)" 2000
expect_ge "percent by the device" "$(figure device_percent)" 99
expect_ge "compressions by the device" $(($(iax_stat compress-jobs) - before)) "$(figure stored)"
zswap_set compressor lzo
ix_unload
