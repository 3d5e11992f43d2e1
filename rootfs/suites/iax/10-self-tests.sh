#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The KUnit tests of tables and descriptors, and the self-tests of the algorithm on the
# device, including multi-segment requests.
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
. /zmem/suites/kunit/results.sh
kunit_results 10 iax
SHORT=0
ix_load
for f in compressed decompressed verified; do
	expect_gt "$f" "$(ix_stat $f)" 10
done
expect_eq "verification errors" "$(ix_stat verify_errors)" 0
expect_eq "errors" "$(ix_stat errors)" 0
expect_eq "timeouts" "$(ix_stat timeouts)" 0
cat $ix | grep ^all
ix_unload
