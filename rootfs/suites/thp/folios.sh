# SPDX-License-Identifier: GPL-2.0-only
# folios.sh: large folios of anonymous memory.  Sourced after lib.sh.
# shellcheck shell=sh

thp=/sys/kernel/mm/transparent_hugepage
needs_thp() { [ -e $thp ] || skip "PREEMPT_RT has no THP"; }
# only_folios KIB...: anonymous memory gets folios of these sizes alone; 4: none
only_folios() {
	for f in $thp/hugepages-*/enabled; do echo never > "$f"; done
	for k; do [ "$k" = 4 ] || echo madvise > "$thp/hugepages-${k}kB/enabled"; done
}
# folio_stat KIB NAME: 0 where this kernel does not count that
folio_stat() { cat "$thp/hugepages-$1kB/stats/$2" 2> /dev/null || echo 0; }
# store_folios Y|N: does zswap take them?  7.3 always does
store_folios() { [ ! -e $zp/mthp_enabled ] || zswap_set mthp_enabled "$1"; }
