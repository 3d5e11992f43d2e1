#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The device is unplugged and plugged in again under load.
# LIMIT: 200
# SHORT: 7.3
# CYCLE: 15
. /zmem/lib.sh
. /zmem/suites/iax/goes.sh
all_go() {
	ix_unplug 0 $((DEVICES - 1))
	ix_plug 0 $((DEVICES - 1))
	each comes
}
goes_on plug
