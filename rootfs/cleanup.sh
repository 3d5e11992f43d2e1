# SPDX-License-Identifier: GPL-2.0-only
# cleanup.sh: what run-suite undoes after each test.  Sourced after lib.sh.
# shellcheck shell=sh

# refused WHAT: a test that leaves what cannot be undone has failed
refused() { echo "FAILED: cleanup: $*"; cleanup_failed=1; }
# undo COMMAND...: what is busy may be so until a killed process is gone
undo() {
	for _ in $(seq $((50 * ${SLOW:-1}))); do
		"$@" 2> /tmp/why && return 0
		sleep 0.1
	done
	refused "'$*': $(cat /tmp/why)"
}
set_to() { echo "$2" > "$1"; }
# unload MODULE: unless it is built in, or not there
unload() { [ ! -e "/sys/module/$1/initstate" ] || undo rmmod "$1"; }

# cleanup: back to the state after boot, whatever the last test left.  Prints what cannot be
# undone, and returns false then
cleanup() {
	cleanup_failed=0
	killall -q -KILL zpages zio zrace zflip
	for z in /dev/zram*; do
		! grep -q "^$z " /proc/mounts || undo umount "$z"
	done
	for s in $(awk 'NR > 1 { print $1 }' /proc/swaps); do
		swapoff "$s" 2> /tmp/why || refused "swapoff $s: $(cat /tmp/why)"
	done
	unload zram
	unload null_blk
	echo $$ > "$cg/cgroup.procs" || refused "leaving a cgroup"
	find "$cg" -depth -type d -path "$cg/t-*" > /tmp/groups
	while read -r d; do
		undo rmdir "$d"
	done < /tmp/groups
	for c in /sys/devices/system/cpu/cpu[1-9]*/online; do
		[ ! -e "$c" ] || [ "$(cat "$c")" = 1 ] || undo set_to "$c" 1
	done
	for f in "$zp"/*; do
		set_to "$f" "$(cat "/tmp/default-${f##*/}")" || refused "$f"
	done
	thp_defaults restore || refused "the defaults of huge pages"
	for m in /sys/module/zmem_*; do
		unload "${m##*/}"
	done
	set_to /proc/sys/vm/page-cluster 3
	# by which parts of a test wait for each other: another test's would end the wait
	rm -f /tmp/off /tmp/hold* /tmp/filled*
	[ $cleanup_failed = 0 ]
}
