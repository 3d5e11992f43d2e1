#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The device is disabled and enabled under load.
# LIMIT: 200
# SHORT: 7.3
# CYCLE: 8
. /zmem/lib.sh
. /zmem/suites/iax/goes.sh
goes_away() { off_and_on; }
goes_on off
