#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Injected device faults under iaa_crypto in mode sync while pages are swapped: no byte
# may be wrong. Only faults that the in-tree driver survives; the others are in
# results/iaa-faults.md.
# LIMIT: 300
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
swap_disk
no_faults() { iaxctl fault-kind=0 fault-count=0 fault-after=0 extra-ns=0; }
# under NAME LEAST FAULTS...: a load with faults, of which at least LEAST must be injected
under() {
	name=$1 least=$2
	shift 2
	zswap_on deflate-iaa
	struck=$(iax_stat faults)
	run iaxctl "$@"
	run zpages -m "$(amount 8 4)" -d text -p 50 -j 2 > /tmp/out
	struck=$(($(iax_stat faults) - struck))
	no_faults
	zswap_empty
	echo "# $name: $struck faults, $(cat /tmp/out)"
	expect_ge "$name: injected faults" "$struck" "$least"
	zswap_set compressor lzo
}
iaa_load sync
# reported as incompressible: the page is stored uncompressed or goes to the disk
under "output overflow" 100 fault-kind=1 fault-status=0x0a fault-error=0x19 fault-after=10 fault-count=100
# output that is changed after the checksum was computed fails verification
under "corrupt output" 50 fault-kind=2 fault-after=10 fault-count=50
under "hardware error" 50 fault-kind=1 fault-status=0x20 fault-after=10 fault-count=50
under "slow device" 0 extra-ns=200000
iaa_unload
