#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Parameters belong to the algorithm for which they were set: selecting another
# algorithm restores the defaults.
. /zmem/lib.sh
modprobe zram num_devices=1
current() { sed 's/.*\[\(.*\)\].*/\1/' $z0/comp_algorithm; }

# deflate has no level 19
echo zstd > $z0/comp_algorithm
run sh -c "echo algo=zstd level=19 > $z0/algorithm_params"
echo deflate > $z0/comp_algorithm
if ! echo 16M > $z0/disksize 2> /tmp/err; then
	echo "# disksize: $(cat /tmp/err)"
	fail "the level of zstd is used for deflate; the algorithm is now $(current)"
fi
expect_is "algorithm" "$(current)" deflate
run zio -m 8 -n 50 /dev/zram0
zram_off

# the same at another priority
echo "algo=zstd priority=1" > $z0/recomp_algorithm
run sh -c "echo priority=1 level=19 > $z0/algorithm_params"
echo "algo=deflate priority=1" > $z0/recomp_algorithm
zram_on 16M lz4
grep -q '#1: .*\[deflate\]' $z0/recomp_algorithm || fail "not deflate at priority 1: $(cat $z0/recomp_algorithm)"
run zio -m 8 -n 50 /dev/zram0
echo "type=huge" > $z0/recompress || fail "recompression with deflate"
zram_off

# a dictionary is dropped as well, and parameters of other priorities are kept
head -c 4096 /dev/urandom > /tmp/dict
echo lz4 > $z0/comp_algorithm
echo "algo=zstd priority=1" > $z0/recomp_algorithm
run sh -c "echo algo=lz4 dict=/tmp/dict > $z0/algorithm_params"
run sh -c "echo algo=zstd level=-50 > $z0/algorithm_params"
echo lzo-rle > $z0/comp_algorithm
zram_on 16M
run zio -m 8 -n 50 /dev/zram0
zram_off
