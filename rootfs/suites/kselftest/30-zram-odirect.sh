#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kselftest zram_odirect: direct I/O from a buffer that changes.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/kselftest/kst.sh
kst zram_odirect
