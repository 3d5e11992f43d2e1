#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The device is unplugged while a queue is bound
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
iaa_load sync
qmp device_del '"id":"iax0"'
sleep 3
lspci
