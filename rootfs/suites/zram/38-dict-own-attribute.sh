#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# dict= names an attribute of the same device: the write to algorithm_params must end
# (with an error), and the device must stay usable.  Reading the attribute takes a lock
# that algorithm_params therefore must not hold while it reads the file.
# SHORT: 7.3
. /zmem/lib.sh
modprobe zram num_devices=1
echo zstd > $z0/comp_algorithm || fail "no zstd"
kernel_is 6.12 || expects_error "^zram: failed to load dictionary "
for a in mm_stat comp_algorithm algorithm_params; do
	sh -c "echo algo=zstd level=9 dict=$z0/$a > $z0/algorithm_params" 2> /tmp/err & w=$!
	t=0
	while kill -0 $w 2> /dev/null && [ $t -lt 100 ]; do sleep 0.1; t=$((t + 1)); done
	if kill -0 $w 2> /dev/null; then
		awk '/^State/' /proc/$w/status
		fail "algorithm_params with $a waits for itself"
	fi
	wait $w
	echo "# dict=$a: status $?, $(cat /tmp/err)"
done

# a dictionary that cannot be read does not change the parameters
echo "algo=zstd level=3" > $z0/algorithm_params || fail "level=3"
if echo "algo=zstd dict=/tmp/absent" 2> /dev/null > $z0/algorithm_params; then fail "a dictionary that does not exist was taken"; fi
zram_on 16M
run zio -m 8 -n 50 /dev/zram0
# a device in use refuses a dictionary
seq 1 2000 > /tmp/dict
if echo "algo=zstd dict=/tmp/dict" 2> /tmp/err > $z0/algorithm_params; then fail "a device in use took a dictionary"; fi
grep -q -i busy /tmp/err || fail "refused with another error: $(cat /tmp/err)"
zram_off
echo zstd > $z0/comp_algorithm
echo "algo=zstd dict=/tmp/dict" > $z0/algorithm_params || fail "a dictionary was refused"
zram_on 16M
run zio -m 8 -n 50 /dev/zram0
zram_off
