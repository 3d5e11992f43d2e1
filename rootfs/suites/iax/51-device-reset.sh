#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Function level resets under load.  On 7.3 the queue comes back by itself; idxd of 6.12
# does not hear of resets, and an administrator gives the device back.
# LIMIT: 200
# CYCLE: 8
. /zmem/lib.sh
. /zmem/suites/iax/goes.sh
goes_away() {
	attr "/sys/bus/pci/devices/$pci/reset" 1
	! kernel_is 6.12 || off_and_on
}
goes_on flr
