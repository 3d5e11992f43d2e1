#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kselftest zram_recompress.sh: recompression.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/kselftest/kst.sh
kst zram_recompress.sh
