#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# After a reset every attribute has its default value again, and the statistics are 0.
# SHORT: 7.3
. /zmem/lib.sh
modprobe zram num_devices=1
echo 1 > $z0/reset || fail "reset"
state() { # print the configuration and the statistics of the device
	for a in backing_dev comp_algorithm compressed_writeback disksize initstate recomp_algorithm \
		writeback_batch_size writeback_limit writeback_limit_enable \
		bd_stat debug_stat io_stat mm_stat stat; do
		[ ! -e "$z0/$a" ] || echo "$a: $(cat "$z0/$a")"
	done
}
state > /tmp/defaults

set_to() { # set_to ATTRIBUTE VALUE: write VALUE and check that an attribute has changed
	echo "$2" > "$z0/$1" || fail "$1 refuses $2"
	! state | diff - /tmp/defaults > /dev/null || fail "$1 is as it was"
}
echo 4M > $z0/mem_limit
set_to writeback_limit 1000
set_to writeback_limit_enable 1
[ ! -e $z0/compressed_writeback ] || set_to compressed_writeback 1
[ ! -e $z0/writeback_batch_size ] || set_to writeback_batch_size 7
set_to comp_algorithm zstd
set_to recomp_algorithm "algo=deflate priority=2"
echo "algo=zstd level=7" > $z0/algorithm_params || fail "algorithm_params"
set_to backing_dev /dev/vdb
zram_on 16M
dd if=/dev/urandom of=/dev/zram0 bs=64k count=4 oflag=direct 2> /dev/null || fail "dd"
dd if=/dev/zero of=/dev/zram0 bs=64k count=4 seek=4 oflag=direct 2> /dev/null || fail "dd"
run sh -c "echo huge > $z0/writeback"
expect_eq "budget left" "$(cat $z0/writeback_limit)" 936
cmp -s -n 4096 /dev/zero /dev/zram0

zram_off
state > /tmp/now
diff /tmp/defaults /tmp/now > /tmp/out || { sed 's/^/# /' /tmp/out; fail "not as before"; }
