#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The same algorithm at two priorities: parameters apply to the priority that priority=
# names, and algo= with a priority that has another algorithm is refused.  The same
# holds for writes to recompress.
. /zmem/lib.sh
modprobe zram num_devices=1
seq 1 100000 | head -c 524288 > /tmp/data
# size PARAMS...: compressed size of the data with zstd at priorities 0 and 1
size() {
	echo 1 > $z0/reset || fail "reset"
	echo zstd > $z0/comp_algorithm || fail "zstd is refused"
	echo "algo=zstd priority=1" > $z0/recomp_algorithm || fail "zstd is refused at priority 1"
	for p; do echo "$p" > $z0/algorithm_params || fail "refused: $p"; done
	zram_on 16M
	dd if=/tmp/data of=/dev/zram0 bs=64k oflag=direct 2> /dev/null || fail "dd"
	mm_stat 2
}
plain=$(size) && zero=$(size "algo=zstd priority=0 level=-50") && one=$(size "algo=zstd priority=1 level=-50") &&
	name=$(size "algo=zstd level=-50") && number=$(size "priority=0 level=-50") || exit 1
echo "# bytes: $plain; level -50 for priority 0: $zero, 1: $one, by name alone: $name, by number alone: $number"
expect_gt "bytes with level -50 for priority 0" "$zero" "$plain"
expect_eq "bytes with level -50 for priority 1" "$one" "$plain"
expect_eq "bytes with level -50 for zstd, the first" "$name" "$zero"
expect_eq "bytes with level -50 for priority 0 without a name" "$number" "$zero"

zram_off
echo lz4 > $z0/comp_algorithm
echo "algo=zstd priority=1" > $z0/recomp_algorithm
# priority 2 has no algorithm; 4, -1 and 2^32 are not valid priorities
for p in "algo=lz4 priority=1" "algo=zstd priority=0" "algo=zstd priority=2" "algo=842 priority=0" "algo=842" \
	"algo=zstd priority=4" "priority=4" "priority=-1" "algo=lz4 priority=-1" "priority=4294967296"; do
	! echo "$p level=3" > $z0/algorithm_params 2> /dev/null || fail "accepted: $p"
done
run sh -c "echo algo=zstd priority=1 level=3 > $z0/algorithm_params"
echo "algo=deflate priority=2" > $z0/recomp_algorithm
zram_on 16M
run zio -m 8 -n 50 /dev/zram0
# the same for recompression
for p in "algo=deflate priority=1" "algo=zstd priority=2" "algo=zstd priority=3" "algo=lz4" "algo=lz4 priority=1"; do
	! echo "type=huge $p" > $z0/recompress 2> /dev/null || fail "recompression accepts: $p"
done
for p in "algo=zstd priority=1" "algo=deflate priority=2" "algo=deflate" "priority=2"; do
	run sh -c "echo type=huge $p > $z0/recompress"
done
run zio -m 8 -n 50 /dev/zram0
zram_off
