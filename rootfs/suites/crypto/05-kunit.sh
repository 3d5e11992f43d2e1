#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The KUnit tests of the acomp core.
. /zmem/lib.sh
. /zmem/suites/kunit/results.sh
if kernel_is 6.12; then kunit_results 13 acomp-segments; else kunit_results 18 acomp-segments; fi
