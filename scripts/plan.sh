# SPDX-License-Identifier: GPL-2.0-only
# plan.sh: what a run of the tests is about.  Sourced after lib.sh.
# shellcheck shell=sh

# phases whose rows use all processors, as a regular expression; see plan
# shellcheck disable=SC2034
serial='^(qemu$|build-)'

# planned BASES CONFIGS quick|full: sets the knobs of a run, with their defaults if they are
# empty, and $times, the directory of the seconds that each row took the last time
# shellcheck disable=SC2034  # used by those who source this
planned() {
	bases=${1:-$(bases | sort -V | paste -sd' ')} configs=$2 how=$3
	one_of "the third argument" "$how" quick full
	[ -n "$configs" ] || case $how in
	full) configs='lockdep kasan kcsan rt highmem builtin' ;;
	*) configs=lockdep ;;
	esac
	# the longest first: two guests then end at about the same time
	suites=${SUITES:-iax zswap accel thp kselftest zram crypto}
	[ -n "${SUITES:-}" ] || [ "$how" != full ] || suites="$suites smoke stress"
	series=${SERIES:-series}
	short=${SHORT:-$([ -z "${SUITES:-}" ] && [ "$how" = quick ] && echo 1 || echo 0)}
	day=
	[ "$short" = 0 ] || day=$(($(date +%s) / 86400))
	# a guest keeps one processor busy, and takes 2 GiB and what QEMU needs
	guests=${GUESTS:-$([ "$(nproc)" -gt 1 ] && [ "$(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo)" -gt 8000000 ] && echo 2 || echo 1)}
	times=$cache/times/$how-$short-$guests
}
# junit DIR: writes DIR/junit.xml, the TAP of the rows of DIR/plan/test.tsv for machines
junit() {
	# shellcheck disable=SC2046  # names hold no blanks
	prove --formatter TAP::Formatter::JUnit -e cat $(cut -f1 "$1/plan/test.tsv" | sed "s,.*,$1/tap/&.tap,") > "$1/junit.xml" 2> "$1/junit.log" || :
	[ -s "$1/junit.xml" ] || die "no JUnit file was written: see $1/junit.log"
}
