# SPDX-License-Identifier: GPL-2.0-only
# account.sh: counters of iaa_crypto and of the device.  Sourced after accel.sh.
# shellcheck shell=sh

# snapshot NAME: saves the counters of driver and device
snapshot() {
	{
		echo "iaa-sw $(iaa_sw)"
		for k in comp_calls decomp_calls comp_bytes_out decomp_bytes_in \
			completion_einval_errors completion_timeout_errors completion_comp_buf_overflow_errors; do
			echo "iaa-$k $(iaa_stat $k)"
		done
		iaxctl
	} > "/tmp/snap-$1"
}
delta() { # delta BEFORE AFTER NAME
	awk -v k="$3" '$1 == k { v[++n] = $2 } END { if (n != 2) exit 1; print v[2] - v[1] }' "/tmp/snap-$1" "/tmp/snap-$2" ||
		fail "no counter $3"
}
