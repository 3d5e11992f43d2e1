# SPDX-License-Identifier: GPL-2.0-only
# state.sh: what results depend on, for caches.  Sourced by lib.sh.
# shellcheck shell=sh

# tree_state DIR: changes whenever a file of a git work tree does, new ones too
tree_state() {
	git -C "$1" rev-parse HEAD
	git -C "$1" diff HEAD
	(cd "$1" && git ls-files -oz --exclude-standard | xargs -0 -r sha256sum)
}

# commit_of DIR: what is checked out there, and whether files have changed since
commit_of() { echo "$(git -C "$1" rev-parse HEAD 2> /dev/null || echo unknown)$([ -z "$(git -C "$1" status --porcelain 2> /dev/null)" ] || echo '+changes')"; }

# build_key SRC CONFIG: changes whenever source, configuration or compiler does
build_key() {
	{
		tree_state "$1"
		cat "$top"/kconfig/parts/*.config "$top/kconfig/variants/$2".*
		gcc --version
	} | sha256sum | cut -c1-64
}

# is_built SRC CONFIG: are the objects those of source, configuration and compiler as they are now?
is_built() {
	[ -f "$1/obj-$2/.zmem-built" ] && [ -e "$1/.git" ] && [ "$(cat "$1/obj-$2/.zmem-built")" = "$(build_key "$1" "$2")" ]
}

# state_of_all: changes whenever a file does that tests are made of, or a knob of theirs
state_of_all() {
	{
		(cd "$top" && find Makefile README.md results patches kconfig rootfs scripts ci .ci .shellcheckrc -type f | sort | xargs -r -d '\n' sha256sum)
		echo "${MINUTES:-} ${CYCLES:-} ${MIB:-} ${DEVICES:-} ${ONLY:-} ${SERIES:-} ${SMP:-} ${MEM:-} ${ACCEL:-} ${IAX:-}"
		echo "${QEMU:-} ${QEMU_ACCEL:-} ${APPEND:-} ${QEMU_ARGS:-}"
		# edits in the trees are built, too
		for src in "$build"/*/series/src; do
			[ -e "$src/.git" ] && own_work "$src" && tree_state "$src" || :
		done
	} | sha256sum | cut -d' ' -f1
}

# boot_key BASE: changes with what the verdict of a boot depends on besides the kernel: the
# image, the judge with its tables, and QEMU
boot_key() {
	{
		(cd "$top" && find rootfs scripts/judge scripts/suite scripts/boot scripts/machine.sh scripts/watch scripts/nodes scripts/image scripts/guest-* \
			scripts/ours scripts/series-has scripts/verdict.sh scripts/qemu scripts/qemu-make patches/qemu-* patches/linux-7.3/selftests-* ci/splats.* ci/kcsan.shared "ci/known/$1" -type f | sort | xargs -d '\n' sha256sum)
		echo "${ACCEL:-1} ${QEMU:-}"
		[ "${ACCEL:-1}" = 1 ] && [ -z "${QEMU:-}" ] || "${QEMU:-qemu-system-x86_64}" --version
	} | sha256sum | cut -c1-40
}
