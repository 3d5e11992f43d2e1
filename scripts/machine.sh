# SPDX-License-Identifier: GPL-2.0-only
# machine.sh: sets qemu, the program, and cpu and accel of the machine for a kernel of $arch.
# Sourced by boot, which documents the knobs.
# shellcheck shell=sh

case $arch in
i386) name=qemu-system-i386 cpu=qemu32,+pae accel=0 ;;
*) name=qemu-system-x86_64 cpu=max,la57=off accel=${ACCEL:-1} ;;
esac
if [ -n "${QEMU:-}" ]; then
	qemu=$QEMU
elif [ "$accel" = 1 ]; then
	qemu=$("$top/scripts/qemu")/$name
else
	qemu=$name
fi
path=$(command -v "$qemu") || die "$qemu is missing: install qemu-system-x86"
# QEMU runs in the run's directory, since the path of a socket has at most 107 characters
case $path in /*) qemu=$path ;; *) qemu=$PWD/$path ;; esac
