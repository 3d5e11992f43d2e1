#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Function level resets under load: the WQ is enabled again automatically.
# LIMIT: 200
# CYCLE: 8
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/iax/goes.sh
goes_away() { attr "/sys/bus/pci/devices/$pci/reset" 1; }
goes_on flr
