# SPDX-License-Identifier: GPL-2.0-only
# accel.sh: what the tests of the accelerator share
# shellcheck shell=sh

dsa=/sys/bus/dsa
iaa=/sys/kernel/debug/iaa_crypto

# qmp COMMAND [ARGUMENTS]: a command to the machine's own monitor
qmp() { qmp_takes "$@" || fail "monitor: $1: $answer"; }
# qmp_takes COMMAND [ARGUMENTS]: does it take this?  The answer is in $answer.  Not for
# a subshell: the port can be opened once only.
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
		*'already complete'*) return 0 ;;	# a test before this one said hello
		'{"error"'*) return 1 ;;
		esac
	done
	fail "monitor: $1: no answer"
}

# has_iax [COUNT]: waited for by the thousand, so with few programs
has_iax() { [ "$(grep -slx 0x0cfe /sys/bus/pci/devices/*/device | wc -l)" = "${1:-1}" ]; }
has_dsa() { ls -d "$dsa"/devices/iax${1:-?} > /dev/null 2>&1; }	# has_dsa [PATTERN]
# iax_up DEVICE: idxd has found it.  Its groups come last, after its queues
iax_up() { wait_for "$1" iax_whole "$1"; }
iax_whole() {
	{ read -r groups < "$dsa/devices/$1/max_groups"; } 2> /dev/null || return 1
	[ -e "$dsa/devices/$1/group${1#iax}.$((groups - 1))" ]
}
pci_of() { basename "$(dirname "$(readlink -f "$dsa/devices/${1:-iax0}")")"; }

# attr FILE VALUE: writes an attribute of sysfs; one that has the value may be locked
attr() {
	now=
	{ read -r now < "$1"; } 2> /dev/null
	[ "$now" != "$2" ] || return 0
	echo "$2" > "$1" || fail "$1 refuses '$2'"
}

# iax_config DEVICE QUEUES: QUEUES dedicated queues for iaa_crypto, all engines or the first
# $engines in one group; the way an administrator would, but without accel-config
iax_config() {
	for e in "$dsa/devices/$1/engine${1#iax}".*; do
		[ "${e##*.}" -ge "${engines:-64}" ] || attr "$e/group_id" 0
	done
	q=0	# without a program: devices are given back by the thousand
	while [ $q -lt "$2" ]; do
		wq_config "$1" $q $((64 / $2))
		q=$((q + 1))
	done
}
# wq_config DEVICE QUEUE SIZE: also after the queue was taken off its driver,
# which forgets what it was
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
iax_on() { # iax_on DEVICE QUEUES
	attr $dsa/drivers/idxd/bind "$1"
	for q in $(seq 0 $(($2 - 1))); do
		attr $dsa/drivers/crypto/bind "wq${1#iax}.$q"
	done
}
# iax_off DEVICE: its queues, then itself; also what is half on
iax_off() {
	for w in "$dsa/drivers/crypto/wq${1#iax}".*; do
		[ ! -e "$w" ] || attr $dsa/drivers/crypto/unbind "${w##*/}"
	done
	[ ! -e "$dsa/drivers/idxd/$1" ] || attr $dsa/drivers/idxd/unbind "$1"
}

# iax_blank DEVICE: without what idxd sets up by itself
iax_blank() {
	# a driver that was there before the device has the queue already
	[ ! -e "$dsa/drivers/crypto/wq${1#iax}.0" ] || iax_off "$1"
	attr "$dsa/devices/$1/wq${1#iax}.0/driver_name" none
	iax_off "$1"
}

# iaa_load [MODE]: drivers, and the first device on (sync); without self-tests in a short
# run, but where a test asks for these with SHORT=0
iaa_load() {
	iaa_unload
	modprobe idxd || fail "idxd does not load"
	iax_up iax0
	# what idxd sets up by itself is not for the driver yet
	[ "$(cat $dsa/devices/wq0.0/state)" = disabled ] || fail "a queue is on already"
	iax_blank iax0
	attr /sys/module/cryptomgr/parameters/notests "$(amount N Y)"
	modprobe iaa_crypto || fail "iaa_crypto does not load"
	attr $dsa/drivers/crypto/sync_mode "${1:-sync}"
	expect_is sync_mode "$(cat $dsa/drivers/crypto/sync_mode)" "${1:-sync}"
	iax_config iax0 "${2:-1}"
	iax_on iax0 "${2:-1}"
	selftest_passes
}
# iaa_default: as idxd sets the first device up by itself, mode sync
iaa_default() {
	modprobe idxd && modprobe iaa_crypto || fail "drivers do not load"
	selftest_passes
	expect_is sync_mode "$(cat $dsa/drivers/crypto/sync_mode)" sync
}
# a queue in use holds iaa_crypto: queues and devices go first
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
open_jobs() { echo $(($(iax_stat submitted) - $(iax_stat completed))); }	# and those that a reset has ended
iaa_stat() { awk -v k="total_$1:" '$1 == k { print $2; found = 1 } END { exit !found }' $iaa/global_stats || fail "no counter $1"; }
# done in software instead; 6.12 has no counter of compressions
iaa_sw() { awk '$1 ~ /^total_sw_(de)?comp_calls:$/ { n += $2 } END { print n + 0 }' $iaa/global_stats; }

# works WHEN: the device takes what zswap gives it, and gives it back
works() { # works WHEN
	zswap_on deflate-iaa
	before=$(iax_stat compress-jobs)
	mib=$(amount 4 2)
	run zpages -m "$mib" -d text -p 80 > /tmp/out
	zswap_empty
	expect_gt "$1: compressions by the device" $(($(iax_stat compress-jobs) - before)) $((mib * 175))
	zswap_set compressor lzo
}
