#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The KUnit tests of the streams of software compression: who may sleep with one, who never
# waits for such a caller, and that a stream outlasts its CPU.
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/kunit/results.sh
[ -e /sys/kernel/debug/kunit/acomp-streams/results ] || kernel_is 7.3 || skip "no such tests on this base"
kunit_results 6 acomp-streams
