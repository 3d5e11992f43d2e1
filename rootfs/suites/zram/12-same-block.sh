#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A block is read while others overwrite and discard it: a read returns the old page or
# the new one as a whole.
# SHORT: 6.12
. /zmem/lib.sh
for alg in lz4 zstd; do
	zram_on 64M $alg
	run zrace -b 8 -t "$(amount 5 3)" -r 3 -w 2 /dev/zram0
	zram_off
done
