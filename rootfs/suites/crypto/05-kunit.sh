#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kernel's own tests of the acomp core
. /zmem/lib.sh
. /zmem/suites/kunit/results.sh
kernel_is 6.12 && skip "requests of several units are part of the series for 7.3"
kunit_results 10 acomp-units
