# SPDX-License-Identifier: GPL-2.0-only
# lib.sh: what every verb shares.  Sourced, never run.
# shellcheck shell=sh
#
# Sets  prog top build test_out cache jobs
# Gives say die check_base check_config check_suite of_variant lock topics

prog=${0##*/}
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
build=${BUILD:-$top/build}
# where test writes t/, tap/ and junit.xml; another directory for a run within a run
test_out=${TEST_OUT:-$build}
cache=${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/zmem
jobs=${JOBS:-$(nproc)}
umask 022
# sorting, messages and patterns must not depend on who runs it
export LC_ALL=C
. "${0%/*}/state.sh"

say() { printf '%s: %s\n' "$prog" "$*" >&2; }
die() { say "$*"; exit 2; }

# check_path NAME VALUE: make, kbuild and QEMU's options split paths at these
check_path() {
	case $2 in *[[:space:],:\;\'\"\\\$\#%\&*?\(\)\[\]]*) die "$1='$2': the path has a blank or a character that make or QEMU treats specially: use another directory" ;; esac
}
# a relative BUILD is the caller's
case $build in /*) ;; *) build=$PWD/$build ;; esac
[ -z "${BUILD:-}" ] || export BUILD="$build"
check_path "this checkout" "$top"
check_path BUILD "$build"
check_path XDG_CACHE_HOME "$cache"

# usage: the comment block at the head of the calling script is its help text
usage() {
	sed -n '3,/^$/s/^# \{0,1\}//p' "$0" >&2
	exit 2
}

# bases, configs FILE_NAMES: the directory listing is the list of allowed values
bases() { for d in "$top"/patches/linux-*/BASE; do d=${d%/BASE}; echo "${d##*/linux-}"; done; }
configs() { for f in "$top"/kconfig/variants/*.config; do f=${f##*/}; echo "${f%.config}"; done; }
# of_variant KEY CONFIG: what the lines "# KEY: ..." of a variant say
of_variant() { sed -n "s/^# $1: //p" "$top/kconfig/variants/$2.config"; }
# trees: what has a series of its own: the bases and the emulator
trees() { bases; for d in "$top"/patches/qemu-*/BASE; do d=${d%/BASE}; echo "${d##*/}"; done; }
patch_dir() { case $1 in qemu-*) echo "$top/patches/$1" ;; *) echo "$top/patches/linux-$1" ;; esac; }
# version_in BASE DIR: as a BASE is named, for a tree of BASE's kind
version_in() {
	case $1 in
	qemu-*) echo "qemu-$(cut -d. -f1,2 "$2/VERSION")" ;;
	*) sed -n -e 's/^VERSION = //p' -e 's/^PATCHLEVEL = //p' "$2/Makefile" | paste -sd. ;;
	esac
}
# topics TREE: its topics in order, none where the patches lie in one directory
topics() { f=$(patch_dir "$1")/topics; [ ! -f "$f" ] || sed -e 's/#.*//' "$f" | awk 'NF { print $1 }'; }
# topic_field TREE TOPIC N: 2 is the tree that it goes to, 3 the topics that it builds on
# (NAME=behaviour: built without it, but not right without it; its cover says why)
topic_field() { sed -e 's/#.*//' "$(patch_dir "$1")/topics" | awk -F'\t+' -v t="$2" -v n="$3" '$1 == t { print $n }'; }
depends_on() { topic_field "$1" "$2" 3 | sed 's/=behaviour//g'; }
# patches_key TREE NAMES: changes with any byte of the patches, their order or the topics
# shellcheck disable=SC2086  # names of patches hold no blanks
patches_key() { { topics "$1" && cd "$(patch_dir "$1")" && [ -z "$2" ] || cat $2; } | sha256sum | cut -c1-64; }
# numstat TREE NAMES: lines added, lines removed and file of each change, with tabs between
# shellcheck disable=SC2086
numstat() { (cd "$(patch_dir "$1")" && cat $2) | git -C / apply --numstat; }
src_knob() { case $1 in qemu-*) echo QEMU_SRC ;; *) echo KERNEL_SRC ;; esac; }
suites() { for f in "$top"/rootfs/suites/*; do [ -d "$f" ] && echo "${f##*/}"; done; }
# tests_in SUITE [PATTERN]: the names of its tests whose files match PATTERN
tests_in() {
	for t in "$top/rootfs/suites/$1"/[0-9][0-9]-*.sh; do
		case ${t##*/} in ${2:-*}) t=${t##*/[0-9][0-9]-}; echo "${t%.sh}" ;; esac
	done
}

one_of() { # one_of WHAT VALUE ALLOWED...
	what=$1 value=$2
	shift 2
	for allowed in "$@"; do
		[ "$value" = "$allowed" ] && return 0
	done
	die "$what '$value' is unknown: use one of: $*"
}

# shellcheck disable=SC2046  # the lists are words on purpose
check_base() { one_of BASE "$1" $(bases); }
# shellcheck disable=SC2046
check_tree() { one_of BASE "$1" $(trees); }
# shellcheck disable=SC2046
check_config() { one_of CONFIG "$1" $(configs); }
# shellcheck disable=SC2046
check_suite() { one_of SUITE "$1" $(suites); }
# check_topic TREE TOPIC
check_topic() {
	[ -n "$(topics "$1")" ] || die "$1 has no topics: its patches are one series"
	# shellcheck disable=SC2046
	one_of TOPIC "$2" $(topics "$1")
}
# check_series SERIES [BASE...]: of topic:NAME, every BASE must have the topic
check_series() {
	case $1 in
	topic:*)
		name=${1#topic:}
		shift
		for b; do check_topic "$b" "$name"; done
		;;
	below:*)
		name=${1#below:}
		shift
		for b; do "$top/scripts/patches" "$b" below "$name" > /dev/null; done
		;;
	*) one_of SERIES "$1" series none ;;
	esac
}
# tree_name SERIES: its directory below build/BASE; label SERIES: for names of files
tree_name() { echo "${1%%:*}"; }
label() { echo "$1" | tr :/ --; }

# check_count NAME VALUE UNIT EXAMPLE: a whole number
check_count() {
	case $2 in '' | 0* | *[!0-9]*) die "$1='$2' is not a number of $3: $1=$4" ;; esac
}

# configured SRC BASE: the objects in $OBJ have the configuration of the tree as it is
configured() {
	env -u OBJ "$top/scripts/config" "$1" "$2" lockdep || return 1
	mkdir -p "$OBJ"
	cmp -s "$1/obj-lockdep/.config" "$OBJ/.config" || cp "$1/obj-lockdep/.config" "$OBJ/.config"
}

# own_work DIR: has the tree of a base commits or edits that are not in patches/?  Its
# last commit that is, is in $applied then
own_work() {
	applied=$(git -C "$1" rev-parse -q --verify refs/zmem/applied || git -C "$1" rev-parse base)
	[ "$(git -C "$1" rev-parse HEAD)" != "$applied" ] || ! git -C "$1" diff-index --quiet HEAD
}

# commits DIR: those of the patches in order, without what begins a topic
commits() { git -C "$1" rev-list --reverse --grep='^topic: ' --invert-grep base..refs/zmem/applied; }

# need_space DIR GIB WHAT_FOR
need_space() {
	free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1048576) }')
	[ "$free" -ge "$2" ] || die "no disk space: $3 needs $2 GiB in $1, $free GiB are free; set BUILD= or XDG_CACHE_HOME= to a larger disk"
}

. "$top/scripts/locks.sh"
. "$top/scripts/steps.sh"
