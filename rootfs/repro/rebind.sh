#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# iaa_crypto's last queue goes and a first one comes back
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
iaa_load sync
iax_off iax0
iax_config iax0 1
echo iax0 > $dsa/drivers/idxd/bind
if echo wq0.0 > $dsa/drivers/crypto/bind; then
	echo "bound again"
fi
iax_off iax0
rmmod iaa_crypto
dmesg | tail -n 40
