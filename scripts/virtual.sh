# SPDX-License-Identifier: GPL-2.0-only
# virtual.sh: a guest that counts in virtual time.  Sourced after lib.sh.
# shellcheck shell=sh

# What makes two boots the same, apart from kconfig/variants/bench.*:
#   -icount shift=0    one instruction is one nanosecond on every clock of the
#                      guest, its time stamp counter included; needs one
#                      processor in one thread
#   sleep=off          an idle processor jumps to its next timer and does not
#                      wait for the host's clock
#   -rtc clock=vm      a fixed date that moves with virtual time
#   -seed              RDRAND, RDSEED and the boot loader's seed repeat
#   no virtio-blk      (initcall_blacklist) the host completes a disk's requests
#                      in its own time; swap is on null_blk in the guest instead
#   nokaslr norandmaps addresses repeat

export QEMU_ACCEL=tcg,thread=single SMP=1 MEM=2G LIMIT="${LIMIT:-3600}"
export QEMU_ARGS='-icount shift=0,sleep=off -rtc base=2026-01-01T00:00:00,clock=vm -seed 1'
