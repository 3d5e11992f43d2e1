# SPDX-License-Identifier: GPL-2.0-only
# locks.sh: what two runs must not use at the same time.  Sourced by lib.sh.
# shellcheck shell=sh

# lock FILE: one holder at a time; held until the process ends, whatever way it ends
lock() {
	mkdir -p "${1%/*}"
	exec 9>"$1"
	if ! flock -n 9; then
		say "waiting for another run that holds $1 (with a BUILD= of its own, this one need not wait)"
		flock 9
	fi
}
# lock_tree BASE SERIES: of trees that are for one use at a time, until the process ends;
# the programs that it starts need not ask again
lock_tree() {
	case $2 in series | none) return 0 ;; esac
	tree_lock=$build/$1/$(tree_name "$2").use.lock
	case " ${ZMEM_HELD:-} " in *" $tree_lock "*) return 0 ;; esac
	lock "$tree_lock"
	export ZMEM_HELD="${ZMEM_HELD:-} $tree_lock"
}
