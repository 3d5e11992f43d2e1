# SPDX-License-Identifier: GPL-2.0-only
# tap.sh: prints TAP.  Sourced after lib.sh.
# shellcheck shell=sh

n=0 bad=0
# point STATUS NAME [LOG [COMMAND...]]: passed if STATUS is 0; else LOG, or what COMMAND
# prints of it (default: head -n 20), says why
point() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
		return
	fi
	point_name=$2 point_log=${3:-}
	shift $(($# < 3 ? $# : 3))
	[ $# != 0 ] || set -- head -n 20
	[ ! -f "$point_log" ] || sed 's/^/# /' "$point_log" | "$@"
	echo "not ok $n - $point_name"
	bad=1
}
# points_of FILE: the points and comments of another program's TAP, as part of this one
points_of() {
	while IFS= read -r line; do
		case $line in
		'ok '* | 'not ok '*)
			n=$((n + 1))
			echo "${line%%ok *}ok $n - ${line#*- }"
			[ -n "${line##not*}" ] || bad=1
			;;
		'#'*) echo "$line" ;;
		esac
	done < "$1"
}
# tap_ends: the plan, and the status
tap_ends() {
	echo "1..$n"
	exit $bad
}
