#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kselftest zram_params.sh: limits and parameters of zram.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/kselftest/kst.sh
# 6.12 says nothing of it
kernel_is 6.12 || expects_error "^zram: failed to load dictionary "
kst zram_params.sh
