# SPDX-License-Identifier: GPL-2.0-only
# poor.sh: how zswap counts incompressible pages.  Sourced after accel.sh.
# shellcheck shell=sh

# poor_pages COMPRESSOR: stores 4 MiB of random pages in the cgroup t-poor, without writeback
poor_pages() {
	zswap_on "$1"
	jobs=$(iax_stat compress-jobs) errors=0
	poor=$(zswap_stat reject_compress_poor) failed=$(zswap_stat reject_compress_fail)
	[ ! -e "$zd/compress_error" ] || errors=$(zswap_stat compress_error)
	(echo 0 > "$cg/t-poor/cgroup.procs"; exec zpages -m 4 -d random) || fail "zpages"
	jobs=$(($(iax_stat compress-jobs) - jobs))
	poor=$(($(zswap_stat reject_compress_poor) - poor)) failed=$(($(zswap_stat reject_compress_fail) - failed))
	[ ! -e "$zd/compress_error" ] || errors=$(($(zswap_stat compress_error) - errors))
	echo "# $1: $jobs compressions, $poor poor, $failed failed, $errors errors"
	expect_gt "$1: compressions" $jobs 500
	expect_gt "$1: pages counted as poor" $poor 500
	expect_eq "$1: pages counted as failures" $failed 0
	expect_eq "$1: pages counted as errors" $errors 0
}
