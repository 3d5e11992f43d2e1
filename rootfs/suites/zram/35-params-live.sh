#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Algorithm parameters of a device in use cannot be changed, since that would free a
# dictionary that the compressor is using.
# SHORT: 6.12
. /zmem/lib.sh
modprobe zram num_devices=1
echo zstd > $z0/comp_algorithm
echo "algo=zstd level=3" > $z0/algorithm_params || fail "refused on an idle device"
zram_on 32M
if echo "priority=0 level=1" > $z0/algorithm_params 2> /tmp/err; then
	fail "algorithm_params were accepted on a device in use"
fi
grep -q -i busy /tmp/err || fail "refused with another error: $(cat /tmp/err)"
run zio -m 16 -n 50 /dev/zram0
zram_off
echo "priority=0 level=1" > $z0/algorithm_params || fail "refused after reset"
