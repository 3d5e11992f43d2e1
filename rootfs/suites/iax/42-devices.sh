#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Two devices. At the same distance, each is used by one of two CPUs. Otherwise the nearest
# one is used, the other one while the nearest has no WQ, and software only without any WQ.
# No page is processed in software while one device is unbound and bound under load.
# LIMIT: 300
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
[ -e /sys/devices/system/node/node1 ] || fail "the machine has one memory node: SMP=2 at least"
ix_load 1
ix_plug 1 1
for pci in /sys/bus/pci/devices/*; do
	[ "$(cat "$pci/device")" = 0x0cfe ] || continue
	wait_for "idxd to find $pci" ix_dev "${pci##*/}"
	case $dev in iax0) pci0=$pci ;; iax1) pci1=$pci ;; esac
done
ix_given iax1

# pages NODE: compress pages on a CPU of that node
pages() {
	cpus=$(cat "/sys/devices/system/node/node$1/cpulist")
	old0=$(units wq0.0) old1=$(units wq1.0) soft=$(ix_stat no_wq)
	# shellcheck disable=SC2086
	run taskset -c "${cpus%%[-,]*}" insmod /lib/zmem_acomp.ko alg=deflate-iax batch=8 pages=256 file=/bin/busybox
	run rmmod zmem_acomp
	by0=$(($(units wq0.0) - old0)) by1=$(($(units wq1.0) - old1)) soft=$(($(ix_stat no_wq) - soft))
	echo "# node $1: $by0 by the first device, $by1 by the second, $soft in software"
}
# units WQ: pages processed; 0 without the WQ, whose counters start at 0 when it is bound
units() { awk -v q="$1" '$1 == q && ($2 == "compressed" || $2 == "no_space") { n += $3 } END { print n + 0 }' $ix; }
done_by() { # done_by WHEN FIRST SECOND
	expect_eq "$1: by the first device" $by0 "$2"
	expect_eq "$1: by the second device" $by1 "$3"
	[ $(($2 + $3)) = 0 ] || expect_eq "$1: in software" $soft 0
}
off() { attr $dsa/drivers/iax/unbind "$1"; }
for node in 0 1; do
	pages $node
	[ $((by0 + by1)) = 256 ] && [ $((by0 * by1)) = 0 ] || fail "same distance: $by0 and $by1 by one CPU"
	eval "first$node=$by0"
done
expect_eq "by the first device for both CPUs" $((first0 + first1)) 256
# the counters of a device are those of its WQ
for n in 0 1; do
	expect_eq "counters of iax$n" "$(ix_stat compressed iax$n)" "$(ix_stat compressed wq$n.0)"
done

# make the first device the nearest of the second CPU
off wq0.0
off wq1.0
# the first device stays for later tests, which expect it to be near both CPUs
home=$(cat "$pci0/numa_node")
trap 'echo "$home" > "$pci0/numa_node"' EXIT
expects_error '^idxd [0-9a-f:.]*: \[Firmware Bug\]: Overriding NUMA node'
attr "$pci0/numa_node" 1
attr "$pci1/numa_node" 0
pages 0
done_by "no WQ" 0 0
expect_ge "in software" $soft 256
ix_bind wq0.0 64
pages 0
done_by "only the distant device" 256 0
ix_bind wq1.0 64
pages 0
done_by "both, node 0" 0 256
pages 1
done_by "both, node 1" 256 0
off wq0.0
pages 1
done_by "nearest device without a WQ" 0 256
ix_bind wq0.0 64
pages 1
done_by "nearest device again" 256 0

ix_zswap
load_on
soft=$(ix_stat no_wq)
for wq in $(amount "wq0.0 wq1.0 wq0.0 wq1.0" "wq0.0 wq1.0"); do
	wait_for "compressions by $wq" ix_works $wq
	off $wq
	sleep 0.3
	ix_bind $wq 64
done
load_off
grep '^all \(compressed\|no_wq\) ' $ix
expect_eq "done in software although there was a WQ" $(($(ix_stat no_wq) - soft)) 0
ix_no_errors
zswap_empty
zswap_set compressor lzo
wait_for "the last user of iax" ix_gone
ix_unplug 1 1
ix_unload
