# SPDX-License-Identifier: GPL-2.0-only
# iax.sh: functions for the tests of the driver iax.  Sourced after lib.sh.
# shellcheck shell=sh
. /zmem/suites/accel/accel.sh
. /zmem/load.sh

ix=/sys/kernel/debug/iax/stats

# ix_stat COUNTER [WQ]: its value, of a WQ or of all
ix_stat() { awk -v q="${2:-all}" -v k="$1" '$1 == q && $2 == k { print $3; found = 1 } END { exit !found }' $ix || fail "no counter $1"; }

ix_stat_above() { [ "$(ix_stat "$1")" -gt "$2" ]; }	# COUNTER VALUE

# ix_done WQ: segments compressed since it was bound; 0 without the WQ
ix_done() { awk -v q="$1" '$1 == q && $2 == "compressed" { n = $3 } END { print n + 0 }' $ix; }
ix_works() { [ "$(ix_done "$1")" -ge $((${2:-0} + 20)) ]; }	# WQ [SINCE]

# ix_queues DEVICE WQS: configures dedicated WQs for iax and all engines in one group, and
# enables the device; the driver binds the WQs when it is loaded
ix_queues() {
	iax_config "$1" "$2"
	q=0
	while [ $q -lt "$2" ]; do
		attr "$dsa/devices/$1/wq${1#iax}.$q/name" iax
		attr "$dsa/devices/$1/wq${1#iax}.$q/driver_name" iax
		q=$((q + 1))
	done
	attr $dsa/drivers/idxd/bind "$1"
}

# does the kernel have the driver, and is it built in?
ix_built_in() { grep -qs '/iax\.ko$' /lib/modules/*/modules.builtin; }
ix_there() { ix_built_in || [ -n "$(find /lib/modules -name 'iax.ko*')" ]; }

# ix_bound [WQS [DEVICE]]: binds WQs that were not bound automatically
ix_bound() {
	ix_of=${2:-iax0}
	q=0
	while [ $q -lt "${1:-1}" ]; do
		[ -e "$dsa/drivers/iax/wq${ix_of#iax}.$q" ] || attr $dsa/drivers/iax/bind "wq${ix_of#iax}.$q"
		q=$((q + 1))
	done
}

# ix_given DEVICE: sets up a new device with one WQ for iax
ix_given() {
	iax_up "$1"
	iax_blank "$1"
	ix_queues "$1" 1
	ix_bound 1 "$1"
}

# ix_plug FIRST LAST: plugs in devices of these numbers, each into the port of its number,
# without setting them up.  The name of an unplugged device is free only after a while.
ix_plug() {
	for id in $(seq "$1" "$2"); do
		wait_for "the name iax$id" qmp_takes device_add "\"driver\":\"intel-iax\",\"id\":\"iax$id\",\"bus\":\"port$id\",\"x-test-bar\":true"
	done
	wait_for "devices up to $2" has_iax $(($2 + 1))
}
# ix_unplug FIRST LAST: unplugs devices; these must be the last ones
ix_unplug() {
	for id in $(seq "$1" "$2"); do
		qmp device_del "\"id\":\"iax$id\""
	done
	wait_for "the removal" has_iax "$1"
}
# ix_dev PCI: sets dev to the name that idxd gives the function
ix_dev() {
	for dev in "/sys/bus/pci/devices/$1"/iax?; do :; done
	[ -e "$dev" ] && dev=${dev##*/}
}

# ix_on [WQS]: loads the driver and sets up WQs of the first device
ix_on() {
	# a failed test may have left it loaded
	[ ! -d /sys/module/iax ] || ix_unload
	modprobe idxd || fail "idxd does not load"
	iax_up iax0
	iax_blank iax0
	ix_queues iax0 "${1:-1}"
	modprobe iax || fail "iax does not load"
	ix_bound "${1:-1}"
}
# ix_load [WQS]: also runs the self-tests on the device, in a short run only if the test
# sets SHORT=0; if the driver is built in, they run at boot, without a WQ
ix_load() {
	least=$(amount 10 0)
	! ix_built_in || least=0
	modprobe idxd && jobs=$(iax_stat compress-jobs)
	attr /sys/module/cryptomgr/parameters/notests "$(amount N Y)"
	ix_on "${1:-1}"
	wait_for "the self-tests of iax" ix_tested
	expect_is selftest "$(ix_selftests | sort -u)" passed
	expect_ge "compressions by the device in the self-test" $(($(iax_stat compress-jobs) - jobs)) "$least"
}
# results of the self-tests of its algorithms
ix_selftests() { awk '$1 == "driver" { ours = $3 ~ /^deflate-iax/ } ours && $1 == "selftest" { print $3 }' /proc/crypto; }
# ix_algs: minimum number of algorithms; during its self-test, an algorithm is listed twice
ix_algs=3
ix_tested() { [ "$(ix_selftests | wc -l)" -ge $ix_algs ] && ! ix_selftests | grep -q unknown; }

# ix_gone: unloads the driver
ix_gone() { ix_built_in || [ ! -d /sys/module/iax ] || rmmod iax 2> /dev/null; }
ix_unload() {
	# zswap frees its pools asynchronously
	wait_for "the last user of iax" ix_gone
	for dev in $dsa/drivers/idxd/iax?; do
		[ ! -e "$dev" ] || attr $dsa/drivers/idxd/unbind "${dev##*/}"
	done
	ix_built_in || rmmod idxd || fail "idxd is still in use"
}

# ix_bind WQ [SIZE]: configures a WQ that was unbound, and binds it
ix_bind() {
	ix_of=${1%.*}
	ix_of=iax${ix_of#wq}
	wq_config "$ix_of" "${1#*.}" "${2:-32}"
	attr "$dsa/devices/$ix_of/$1/name" iax
	attr "$dsa/devices/$ix_of/$1/driver_name" iax
	attr $dsa/drivers/iax/bind "$1"
}

# insmod_acomp PARAMETER...: compresses and decompresses pages; the results are parameters of
# the module until it is unloaded
insmod_acomp() { insmod /lib/zmem_acomp.ko "$@" || fail "zmem_acomp $*: $(dmesg | grep zmem_acomp: | tail -n 1)"; }

# ix_back: the WQ is re-enabled automatically up to 16 times a minute, then by hand
ix_back() {
	[ "$(cat $dsa/devices/wq0.0/state)" = enabled ] && return 0
	dmesg | grep 'iax: wq0.0:' | tail -n 1 | grep -q 'not re-enabled' || return 1
	[ ! -e $dsa/drivers/iax/wq0.0 ] || attr $dsa/drivers/iax/unbind wq0.0
	ix_bind wq0.0 64
}

# ix_deadline MS: the time after which descriptors are given up.  If it is short, so that the host
# or engines that stall may exceed it, a WQ that is bound again may not parse the header of
# deflate-canned in time, or be reset too often to be re-enabled
ix_deadline() {
	allows_error '^iax: wq[0-9]\.[0-9]: (parsing of the deflate-canned header timed out|not re-enabled, unbind and bind it)'
	echo "$1" > /sys/module/iax/parameters/deadline_ms
}

# ix_polls: requests do not sleep, so that no fault strikes the DRAIN that would wake them:
# the driver does not count its timeout
ix_polls() { echo 1000000 > /sys/module/iax/parameters/poll_us; }

ix_zswap() {
	swap_disk
	zswap_on deflate-iax
}

# device errors must not become errors of the callers
ix_no_errors() {
	expect_eq "verification errors" "$(ix_stat verify_errors)" 0
	expect_eq "pages that could not be read" "$(zswap_stat decompress_fail 2> /dev/null || echo 0)" 0
}
