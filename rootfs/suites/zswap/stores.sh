# SPDX-License-Identifier: GPL-2.0-only
# stores.sh: what shows that zswap stores and loads.  Sourced after lib.sh.
# shellcheck shell=sh

# zswap_stores WHAT MIB: that much goes out to zswap and comes back as it was
zswap_stores() {
	before=$(vmstat zswpout)
	run zpages -m "$2" -d mix -p 90 -j 2
	expect_ge "$1: pages stored in zswap" $(($(vmstat zswpout) - before)) $(($2 * 156))
	zswap_empty
}
