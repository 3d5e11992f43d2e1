# SPDX-License-Identifier: GPL-2.0-only
# iax.sh: what the tests of the driver iax share.  Sourced after lib.sh.
# shellcheck shell=sh
. /zmem/suites/accel/accel.sh
. /zmem/load.sh

ix=/sys/kernel/debug/iax/stats

# ix_stat FIGURE [QUEUE]: of a queue, or of all
ix_stat() { awk -v q="${2:-all}" -v k="$1" '$1 == q && $2 == k { print $3; found = 1 } END { exit !found }' $ix || fail "no figure $1"; }

ix_stat_above() { [ "$(ix_stat "$1")" -gt "$2" ]; }	# FIGURE VALUE

# ix_done QUEUE: what it has compressed since it came, which is when its figures begin; 0 without it
ix_done() { awk -v q="$1" '$1 == q && $2 == "compressed" { n = $3 } END { print n + 0 }' $ix; }
ix_works() { [ "$(ix_done "$1")" -ge $((${2:-0} + 20)) ]; }	# QUEUE [SINCE]

# ix_queues DEVICE QUEUES: dedicated queues for iax, all engines in one group,
# and the device on; the driver takes them when it is loaded
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

# is there the driver in this kernel, and is it part of it?
ix_built_in() { grep -qs '/iax\.ko$' /lib/modules/*/modules.builtin; }
ix_there() { ix_built_in || [ -n "$(find /lib/modules -name 'iax.ko*')" ]; }

# ix_bound [QUEUES [DEVICE]]: bound, if they have not been found when driver or device came
ix_bound() {
	ix_of=${2:-iax0}
	q=0
	while [ $q -lt "${1:-1}" ]; do
		[ -e "$dsa/drivers/iax/wq${ix_of#iax}.$q" ] || attr $dsa/drivers/iax/bind "wq${ix_of#iax}.$q"
		q=$((q + 1))
	done
}

# ix_given DEVICE: one that has been found becomes the driver's, with one queue
ix_given() {
	iax_up "$1"
	iax_blank "$1"
	ix_queues "$1" 1
	ix_bound 1 "$1"
}

# ix_plug FIRST LAST: accelerators of these numbers are plugged in, each into the port of its
# number, and are not the driver's yet.  A name is free a little after its device has gone.
ix_plug() {
	for id in $(seq "$1" "$2"); do
		wait_for "the name iax$id" qmp_takes device_add "\"driver\":\"intel-iax\",\"id\":\"iax$id\",\"bus\":\"port$id\",\"x-test-bar\":true"
	done
	wait_for "devices up to $2" has_iax $(($2 + 1))
}
# ix_unplug FIRST LAST: without the last ones
ix_unplug() {
	for id in $(seq "$1" "$2"); do
		qmp device_del "\"id\":\"iax$id\""
	done
	wait_for "the removal" has_iax "$1"
}
# ix_dev PCI: its name among idxd's is in $dev
ix_dev() {
	for dev in "/sys/bus/pci/devices/$1"/iax?; do :; done
	[ -e "$dev" ] && dev=${dev##*/}
}

# ix_on [QUEUES]: the driver with queues of the first device
ix_on() {
	# what a test that failed has left
	[ ! -d /sys/module/iax ] || ix_unload
	modprobe idxd || fail "idxd does not load"
	iax_up iax0
	iax_blank iax0
	ix_queues iax0 "${1:-1}"
	modprobe iax || fail "iax does not load"
	ix_bound "${1:-1}"
}
# ix_load [QUEUES]: and its self-test done by the device, in a short run only where
# a test asks for that with SHORT=0; built in, they are run at boot, without a queue
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
# of its algorithms
ix_selftests() { awk '$1 == "driver" { ours = $3 ~ /^deflate-iax/ } ours && $1 == "selftest" { print $3 }' /proc/crypto; }
# ix_algs: so many at least; while a test goes on, its algorithm is listed twice
ix_algs=3
ix_tested() { [ "$(ix_selftests | wc -l)" -ge $ix_algs ] && ! ix_selftests | grep -q unknown; }

# ix_gone: nothing is left of the driver and the device
ix_gone() { ix_built_in || [ ! -d /sys/module/iax ] || rmmod iax 2> /dev/null; }
ix_unload() {
	# pools of zswap end when they are free to
	wait_for "the last user of iax" ix_gone
	for dev in $dsa/drivers/idxd/iax?; do
		[ ! -e "$dev" ] || attr $dsa/drivers/idxd/unbind "${dev##*/}"
	done
	ix_built_in || rmmod idxd || fail "idxd is still in use"
}

# ix_bind QUEUE [SIZE]: one that was taken off, and forgot what it was
ix_bind() {
	ix_of=${1%.*}
	ix_of=iax${ix_of#wq}
	wq_config "$ix_of" "${1#*.}" "${2:-32}"
	attr "$dsa/devices/$ix_of/$1/name" iax
	attr "$dsa/devices/$ix_of/$1/driver_name" iax
	attr $dsa/drivers/iax/bind "$1"
}

# insmod_acomp PARAMETER...: pages through an algorithm; its figures are parameters until
# it is unloaded
insmod_acomp() { insmod /lib/zmem_acomp.ko "$@" || fail "zmem_acomp $*: $(dmesg | grep zmem_acomp: | tail -n 1)"; }

# ix_back: the queue comes back by itself 16 times a minute, then by hand
ix_back() {
	[ "$(cat $dsa/devices/wq0.0/state)" = enabled ] && return 0
	dmesg | grep 'iax: wq0.0:' | tail -n 1 | grep -q 'stays off' || return 1
	[ ! -e $dsa/drivers/iax/wq0.0 ] || attr $dsa/drivers/iax/unbind wq0.0
	ix_bind wq0.0 64
}

ix_zswap() {
	swap_disk
	zswap_on deflate-iax
}

# no error of a device is one of its users
ix_no_errors() {
	expect_eq "verified and wrong" "$(ix_stat verified_wrong)" 0
	expect_eq "pages that could not be read" "$(zswap_stat decompress_fail 2> /dev/null || echo 0)" 0
}
