#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# WQs, device and PCI function are unbound and bound again ten times (twice in a short
# run), with swapping in between. iaa_crypto is reloaded after its last WQ was unbound,
# because it cannot bind again otherwise (results/iaa-faults.md).
# LIMIT: 240
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
swap_disk
modprobe idxd
iax_up iax0
pci=$(pci_of iax0)
for i in $(seq "$(amount 10 2)"); do
	iaa_load sync 2
	zswap_on deflate-iaa
	before=$(iax_stat compress-jobs)
	run zpages -m 2 -d text -p 80 > /tmp/out
	zswap_empty
	# one of two WQs is unbound and bound
	attr $dsa/drivers/crypto/unbind wq0.1
	run zpages -m 2 -d text -p 80 -j 2 > /tmp/out
	zswap_empty
	wq_config iax0 1 32
	attr $dsa/drivers/crypto/bind wq0.1
	run zpages -m 2 -d text -p 80 -j 2 > /tmp/out
	zswap_empty
	expect_gt "round $i: compressions by the device" $(($(iax_stat compress-jobs) - before)) 1000
	zswap_set compressor lzo
	iax_off iax0
	if [ $((i % 2)) = 0 ]; then
		rmmod iaa_crypto || fail "iaa_crypto is in use"
		attr /sys/bus/pci/drivers/idxd/unbind "$pci"
		[ ! -e $dsa/devices/iax0 ] || fail "iax0 still exists"
		attr /sys/bus/pci/drivers/idxd/bind "$pci"
		iax_up iax0
	fi
done
iaa_unload
