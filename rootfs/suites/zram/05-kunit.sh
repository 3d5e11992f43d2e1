#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The KUnit tests of zsmalloc and zbud.
. /zmem/lib.sh
. /zmem/suites/kunit/results.sh
kernel_is 6.12 || skip "these tests are part of the series for 6.12"
kunit_results 6 zsmalloc zbud
