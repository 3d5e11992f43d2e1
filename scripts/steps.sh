# SPDX-License-Identifier: GPL-2.0-only
# steps.sh: steps that take long, and how they fail.  Sourced by lib.sh.
# shellcheck shell=sh

# failed LOG PATTERN WHAT: ends with the three lines of LOG that matter, else its last ones,
# and the file to open
failed() {
	{ grep -aE -m 3 -e "$2" "$1" || tail -n 3 "$1"; } 2> /dev/null | tr -d '\r' | cut -c1-200 >&2
	die "$3: open $1"
}
# with_progress [OPTION...] LABEL COMMAND...: see scripts/progress; without a compiler the
# command runs in silence
with_progress() {
	if command -v cc > /dev/null; then
		"$("$top/scripts/hostbin" progress)" "$@"
		return
	fi
	OPTIND=1
	while getopts l:k:n:w:s:b option; do
		[ "$option" != l ] || progress_log=$OPTARG
	done
	shift $OPTIND
	"$@" >> "${progress_log:-/dev/stderr}" 2>&1
}
# steps LABEL TOTAL NOUN FUNCTION [ARGUMENT...]: runs a function that prints a line after
# each of its steps; false if it ends early
steps() {
	mkdir -p "$build"
	steps_done=$build/.steps.$$ label=$1 total=$2 noun=$3
	shift 3
	rm -f "$steps_done"
	{ "$@" && : > "$steps_done"; } | with_progress -l /dev/null -n "$total" -w "$noun" "$label" cat
	rm "$steps_done" 2> /dev/null
}
# total_of TREE KIND: how many steps it has, from scripts/totals or the last time
total_of() {
	awk -v t="$1" -v k="$2" '$1 == t && $2 == k { print $3; found = 1 } END { exit !found }' "$top/scripts/totals" ||
		cat "$cache/steps/$1-$2" 2> /dev/null || echo 0
}
