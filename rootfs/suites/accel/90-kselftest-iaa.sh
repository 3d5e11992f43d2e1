#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kselftest iaa_wq of the topic selftests-iaa: loss of IAA work queues.
# LIMIT: 240
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
. /zmem/suites/kselftest/kst.sh
iaa_unload
swap_disk
kst iaa_wq
