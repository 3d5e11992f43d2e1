#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The KUnit tests of the streams of software compression: requests that may sleep can be
# preempted with a stream, atomic requests do not wait for them, and a stream outlasts its CPU.
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/kunit/results.sh
[ -e /sys/kernel/debug/kunit/acomp-streams/results ] || kernel_is 7.3 || skip "no such tests on this base"
kunit_results 6 acomp-streams
