# SPDX-License-Identifier: GPL-2.0-only
# stores.sh: check that zswap stores and loads pages.  Sourced after lib.sh.
# shellcheck shell=sh

# zswap_stores WHAT MIB: swap MIB of memory out to zswap and in again, and compare it
zswap_stores() {
	before=$(vmstat zswpout)
	run zpages -m "$2" -d mix -p 90 -j 2
	expect_ge "$1: pages stored in zswap" $(($(vmstat zswpout) - before)) $(($2 * 156))
	zswap_empty
}
