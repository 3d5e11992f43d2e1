#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A descriptor takes longer than the deadline, and the device does not execute RESET_WQ. Its
# late output does not reach the pages of the request, which was done in software. Then the
# function is reset, and its WQs are restored. If the function cannot be reset, because it is
# locked, the WQs are restored after a later reset by an administrator.
# LIMIT: 120
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
held() { [ "$(cat /sys/module/zmem_lock/parameters/held)" = Y ]; }
ix_load 2
expects_error '^iax: wq0\.[01]: (cannot be reset, disabling DMA of|disabled until)'
ix_deadline 200
pci=$(pci_of iax0)
# refused ALGORITHM: compresses one page with a latency of 2.5 s
refused() {
	strays=$(ix_stat timeouts)
	insmod /lib/zmem_cmd.ko from=10 || fail "no zmem_cmd"	# RESET_WQ
	run iaxctl extra-ns=2500000000
	# decompress it after the descriptor has completed
	insmod_acomp alg="$1" file=/bin/busybox pages=1 pause_ms=2500
	run rmmod zmem_acomp
	# insmod retries a module whose init failed
	! dmesg | grep 'zmem_acomp: page' || fail "$1: data differ"
	iaxctl extra-ns=0
	expect_ge "$1: timeouts" $(($(ix_stat timeouts) - strays)) 1
	expect_ge "resets refused" "$(cat /sys/module/zmem_cmd/parameters/hits)" 1
	run rmmod zmem_cmd
}
back() { # back ALGORITHM
	wait_for "both WQs" test -e $dsa/drivers/iax/wq0.0 -a -e $dsa/drivers/iax/wq0.1
	comp=$(ix_stat compressed)
	insmod_acomp alg="$1" file=/bin/busybox batch=16 pages=256
	run rmmod zmem_acomp
	expect_ge "$1: compressed by the device again" $(($(ix_stat compressed) - comp)) 200
}
for alg in deflate-iax $(amount deflate-iax-dynamic ''); do
	refused $alg
	back $alg
done
insmod /lib/zmem_lock.ko function="$pci" ms=10000 &
lock=$!
wait_for "the lock" held
refused deflate-iax
held || fail "the lock was not held for long enough"
wait $lock || fail "no zmem_lock"
run rmmod zmem_lock
dmesg | grep -q 'iax: wq0.*: disabled until' || fail "no message that the WQs stay disabled"
echo 1 > "/sys/bus/pci/devices/$pci/reset"
back deflate-iax
expect_ge "dma_disabled" "$(ix_stat dma_disabled)" "$(amount 3 2)"
ix_no_errors
grep ^all $ix
ix_unload
