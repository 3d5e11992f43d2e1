# SPDX-License-Identifier: GPL-2.0-only
# accel.sh: functions for tests of the accelerator
# shellcheck shell=sh

dsa=/sys/bus/dsa
iaa=/sys/kernel/debug/iaa_crypto

# qmp COMMAND [ARGUMENTS]: runs a command of QEMU's monitor
qmp() { qmp_takes "$@" || fail "monitor: $1: $answer"; }
# qmp_takes COMMAND [ARGUMENTS]: the same, but returns false on an error; the reply is in
# $answer.  Not for a subshell: the port can be opened once only.
qmp_takes() {
	if [ -z "$qmp_open" ]; then
		exec 3<> /dev/port-qmp
		qmp_open=1
		qmp qmp_capabilities
	fi
	echo "{\"execute\":\"$1\"${2:+,\"arguments\":{$2\}}}" >&3
	# shellcheck disable=SC3045  # busybox has it
	while read -r -t 30 answer <&3; do
		case $answer in
		'{"return"'*) return 0 ;;
		*'already complete'*) return 0 ;;	# by an earlier test
		'{"error"'*) return 1 ;;
		esac
	done
	fail "monitor: $1: no answer"
}

# has_iax [COUNT]: called very often, so with few processes
has_iax() { [ "$(grep -slx 0x0cfe /sys/bus/pci/devices/*/device | wc -l)" = "${1:-1}" ]; }
has_dsa() { ls -d "$dsa"/devices/iax${1:-?} > /dev/null 2>&1; }	# has_dsa [PATTERN]
# iax_up DEVICE: waits until idxd has probed it.  The groups are added last, after the WQs
iax_up() { wait_for "$1" iax_whole "$1"; }
iax_whole() {
	{ read -r groups < "$dsa/devices/$1/max_groups"; } 2> /dev/null || return 1
	[ -e "$dsa/devices/$1/group${1#iax}.$((groups - 1))" ]
}
pci_of() { basename "$(dirname "$(readlink -f "$dsa/devices/${1:-iax0}")")"; }

# attr FILE VALUE: writes a sysfs attribute, unless it has the value: it may be read-only now
attr() {
	now=
	{ read -r now < "$1"; } 2> /dev/null
	[ "$now" != "$2" ] || return 0
	echo "$2" > "$1" || fail "$1 refuses '$2'"
}

# iax_config DEVICE WQS: configures dedicated WQs for iaa_crypto, and all engines or the first
# $engines in one group, through sysfs
iax_config() {
	for e in "$dsa/devices/$1/engine${1#iax}".*; do
		[ "${e##*.}" -ge "${engines:-64}" ] || attr "$e/group_id" 0
	done
	q=0	# without a process: this runs very often
	while [ $q -lt "$2" ]; do
		wq_config "$1" $q $((64 / $2))
		q=$((q + 1))
	done
}
# wq_config DEVICE NUMBER SIZE: configures a WQ; unbinding has cleared its configuration
wq_config() {
	w=$dsa/devices/$1/wq${1#iax}.$2
	attr "$w/group_id" 0
	attr "$w/mode" dedicated
	attr "$w/size" "$3"
	attr "$w/priority" 10
	attr "$w/type" kernel
	attr "$w/name" iaa_crypto
	attr "$w/driver_name" crypto
	attr "$w/max_transfer_size" 2097152
}
iax_on() { # iax_on DEVICE WQS
	attr $dsa/drivers/idxd/bind "$1"
	for q in $(seq 0 $(($2 - 1))); do
		attr $dsa/drivers/crypto/bind "wq${1#iax}.$q"
	done
}
# iax_off DEVICE: unbinds its WQs, then the device, as far as they are bound
iax_off() {
	for w in "$dsa/drivers/crypto/wq${1#iax}".*; do
		[ ! -e "$w" ] || attr $dsa/drivers/crypto/unbind "${w##*/}"
	done
	[ ! -e "$dsa/drivers/idxd/$1" ] || attr $dsa/drivers/idxd/unbind "$1"
}

# iax_blank DEVICE: removes the default configuration of idxd
iax_blank() {
	# a driver that was loaded before the device was found has bound the WQ
	[ ! -e "$dsa/drivers/crypto/wq${1#iax}.0" ] || iax_off "$1"
	attr "$dsa/devices/$1/wq${1#iax}.0/driver_name" none
	iax_off "$1"
}

# iaa_load [MODE [WQS]]: loads the drivers and enables the first device (sync, one WQ); runs
# self-tests unless the run is short and the test does not set SHORT=0
iaa_load() {
	iaa_unload
	modprobe idxd || fail "idxd does not load"
	iax_up iax0
	# the default configuration of idxd must not be enabled yet
	[ "$(cat $dsa/devices/wq0.0/state)" = disabled ] || fail "a WQ is enabled already"
	iax_blank iax0
	attr /sys/module/cryptomgr/parameters/notests "$(amount N Y)"
	modprobe iaa_crypto || fail "iaa_crypto does not load"
	attr $dsa/drivers/crypto/sync_mode "${1:-sync}"
	expect_is sync_mode "$(cat $dsa/drivers/crypto/sync_mode)" "${1:-sync}"
	iax_config iax0 "${2:-1}"
	iax_on iax0 "${2:-1}"
	selftest_passes
}
# iaa_default: uses the default configuration of idxd, mode sync
iaa_default() {
	modprobe idxd && modprobe iaa_crypto || fail "drivers do not load"
	selftest_passes
	expect_is sync_mode "$(cat $dsa/drivers/crypto/sync_mode)" sync
}
# bound WQs hold a reference to iaa_crypto: unbind WQs and devices first
iaa_unload() {
	for dev in "$dsa"/devices/iax*; do
		[ ! -e "$dev" ] || iax_off "${dev##*/}"
	done
	[ ! -d /sys/module/iaa_crypto ] || rmmod iaa_crypto || fail "iaa_crypto is still in use"
	[ ! -d /sys/module/idxd ] || rmmod idxd || fail "idxd is still in use"
}
selftest() { awk '$1 == "driver" { ours = $3 == "deflate-iaa" } ours && $1 == "selftest" { print $3 }' /proc/crypto; }
selftest_over() { case $(selftest) in passed | failed) ;; *) false ;; esac; }
selftest_passes() {
	wait_for "the self-test of deflate-iaa" selftest_over
	expect_is selftest "$(selftest)" passed
}

iax_stat() { iaxctl "$1" || fail "no statistic $1"; }
open_jobs() { echo $(($(iax_stat submitted) - $(iax_stat completed))); }	# includes those that a reset has discarded
iaa_stat() { awk -v k="total_$1:" '$1 == k { print $2; found = 1 } END { exit !found }' $iaa/global_stats || fail "no counter $1"; }
# requests done in software; 6.12 does not count compressions
iaa_sw() { awk '$1 ~ /^total_sw_(de)?comp_calls:$/ { n += $2 } END { print n + 0 }' $iaa/global_stats; }

# works WHEN: zswap stores and loads pages with the device
works() { # works WHEN
	zswap_on deflate-iaa
	before=$(iax_stat compress-jobs)
	mib=$(amount 4 2)
	run zpages -m "$mib" -d text -p 80 > /tmp/out
	zswap_empty
	expect_gt "$1: compressions by the device" $(($(iax_stat compress-jobs) - before)) $((mib * 175))
	zswap_set compressor lzo
}
