#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The device is unplugged under load, and plugged in again.
# LIMIT: 200
# SHORT: 7.3
# CYCLE: 15
. /zmem/lib.sh
. /zmem/suites/iax/goes.sh
goes_away() {
	qmp device_del '"id":"iax0"'
	wait_for "its removal" has_iax 0
	qmp device_add '"driver":"intel-iax","id":"iax0","bus":"port0","x-test-bar":true'
	wait_for "the device again" has_iax 1
	comes
}
goes_on plug
