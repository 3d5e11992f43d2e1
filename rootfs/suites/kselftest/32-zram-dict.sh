#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kselftest zram_dict_attr.sh: an attribute of the device as a dictionary; after a failure, zram stays in use.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/kselftest/kst.sh
kernel_is 6.12 || expects_error "^zram: failed to load dictionary "
kst zram_dict_attr.sh
