#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# accel-config, the administrator's tool, lists the device and configures two WQs for
# iaa_crypto, which then compress pages.
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
modprobe idxd || fail "idxd does not load"
iax_up iax0
run accel-config list -i > /tmp/list
grep -q '"dev":"iax0"' /tmp/list || fail "iax0 is not listed"
grep -q '"max_work_queues":8' /tmp/list || fail "work queues are not listed"
grep -q '"gen_cap":"0x71f10901f0105"' /tmp/list || fail "gen_cap is not listed"
grep -E '"(dev|gen_cap|op_cap|state|max_work_queues)"' /tmp/list
# disable the default configuration before iaa_crypto binds to it: the driver cannot bind
# again after its last WQ was unbound (results/iaa-faults.md)
run accel-config disable-device iax0
modprobe iaa_crypto || fail "iaa_crypto does not load"
for e in 0 1 2 3 4 5 6 7; do
	run accel-config config-engine iax0/engine0.$e --group-id=$((e / 4))
done
for q in 0 1; do
	run accel-config config-wq iax0/wq0.$q --group-id=$q --wq-size=32 --priority=10 --type=kernel \
		--name=iaa_crypto --driver-name=crypto --mode=dedicated
done
run accel-config enable-device iax0
run accel-config enable-wq iax0/wq0.0 iax0/wq0.1
expect_is "first WQ" "$(cat $dsa/devices/wq0.0/state)" enabled
expect_is "second WQ" "$(cat $dsa/devices/wq0.1/state)" enabled
selftest_passes
swap_disk
zswap_on deflate-iaa
run zpages -m 8 -d text -p 80 -j 2
zswap_empty
# each CPU has its own WQ
cat $iaa/wq_stats
used=$(awk '$1 == "comp_calls:" && $2 > 0' $iaa/wq_stats | wc -l)
expect_ge "device and WQs that were used" "$used" 3
zswap_set compressor lzo
iaa_unload
