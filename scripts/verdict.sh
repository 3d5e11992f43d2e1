# SPDX-License-Identifier: GPL-2.0-only
# verdict.sh: how a run is judged.  Sourced after lib.sh.
# shellcheck shell=sh

judge=$("$top/scripts/hostbin" judge)
# with_rules ARGUMENT...: the judge with the rules of ci/
with_rules() { "$judge" -d "$top/ci/splats.deny" -a "$top/ci/splats.allow" "$@"; }
# judged BASE RUNDIR: the verdict as TAP; status 0 only if all is good.  See scripts/judge
judged() { with_rules -k "$top/ci/known/$1" "$2"; }
