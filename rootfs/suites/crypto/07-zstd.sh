#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The KUnit tests of zstd with sources and destinations in several pieces: a destination that
# is too small is reported as such, and what is reported as stored can be decompressed.
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/kunit/results.sh
[ -e /sys/kernel/debug/kunit/zstd/results ] || kernel_is 7.3 || skip "no such tests on this base"
kunit_results 2 zstd
