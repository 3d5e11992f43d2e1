#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ENQCMDS is accepted and rejected by a shared WQ according to its size, threshold and
# state; concurrent ENQCMDS and MOVDIR64B from all CPUs neither lose nor tear
# descriptors.
# SHORT: 6.12
. /zmem/lib.sh
. /zmem/suites/accel/accel.sh
iaa_unload
insmod /lib/zmem_enq.ko || fail "$(dmesg | grep zmem_enq: | tail -n 1)"
dmesg | grep zmem_enq: | tail -n 1
run rmmod zmem_enq
