# SPDX-License-Identifier: GPL-2.0-only
# detectors.sh: are the kernel's detectors of faults on?  Sourced by run-suite.
# shellcheck shell=sh

lockdep_state() {
	[ -e /proc/lockdep_stats ] || { echo none; return; }
	awk '$1 == "debug_locks:" { print $2 ? "on" : "off" }' /proc/lockdep_stats
}

# detectors: what the judge holds against the variant's DETECTORS line
detectors() {
	l=$(lockdep_state)
	[ "$l" = none ] || {
		echo "# $(grep -E 'dependency chains:' /proc/lockdep_stats)"
		echo "# detector lockdep $l"
	}
	k=$(awk '$1 == "setup_watchpoints:" { print $2 }' /sys/kernel/debug/kcsan 2>/dev/null)
	[ -z "$k" ] || {
		echo "# kcsan watchpoints set up: $k"
		[ "$k" -gt 1000 ] && echo "# detector kcsan on" || echo "# detector kcsan off"
	}
	dmesg | grep -q 'KernelAddressSanitizer initialized' && echo "# detector kasan on"
	# it switches itself off after an error, or when it runs out of entries
	d=/sys/kernel/debug/dma-api
	[ ! -e $d ] || {
		echo "# mappings for devices: at most $(($(cat $d/nr_total_entries) - $(cat $d/min_free_entries)))"
		case $(cat $d/disabled) in N) echo "# detector dma on" ;; *) echo "# detector dma off" ;; esac
	}
	[ "$(cat /proc/sys/vm/mem_profiling 2>/dev/null)" != 1 ] || echo "# detector allocs on"
	case $(uname -v) in *PREEMPT_RT*) echo "# detector rt on" ;; esac
	h=$(awk '$1 == "HighTotal:" { print $2 }' /proc/meminfo)
	[ "${h:-0}" -eq 0 ] || echo "# detector highmem on"
	return 0
}
