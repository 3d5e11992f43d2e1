# SPDX-License-Identifier: GPL-2.0-only
# folios.sh: large folios of anonymous memory.  Sourced after lib.sh.
# shellcheck shell=sh

thp=/sys/kernel/mm/transparent_hugepage
needs_thp() { [ -e $thp ] || skip "PREEMPT_RT has no THP"; }
# only_folios KIB...: allow only these folio sizes for anonymous memory; 4 means none
only_folios() {
	for f in $thp/hugepages-*/enabled; do echo never > "$f"; done
	for k; do [ "$k" = 4 ] || echo madvise > "$thp/hugepages-${k}kB/enabled"; done
}
# folio_stat KIB NAME: print a counter, or 0 if this kernel does not have it
folio_stat() { cat "$thp/hugepages-$1kB/stats/$2" 2> /dev/null || echo 0; }
# store_folios Y|N: let zswap store large folios or not; 7.3 always stores them
store_folios() { [ ! -e $zp/mthp_enabled ] || zswap_set mthp_enabled "$1"; }
