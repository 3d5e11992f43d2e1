# SPDX-License-Identifier: GPL-2.0-only
#
# Compressed-memory patches for Linux and the bench that proves them.
# "make help" lists the targets; README.md explains them.

# Knobs, from the environment or the command line:
BASE ?=					## Linux version: 6.12 or 7.3 (boot, am, selftest, tree, series, latency: 6.12; the rest: both); tree, series, am, check: also qemu-7.2
CONFIG ?=				## kernel variant, a file of kconfig/variants (boot, test: lockdep)
SUITES ?=				## suites to run: zswap zram thp crypto accel iax (test: all) smoke stress (test-full); bench: zswap zram acomp
MINUTES ?= 1				## how long the suite stress goes on
CYCLES ?= 3				## how often the suite iax takes queues and devices off
DEVICES ?= 1				## accelerators that go and come at once there, each so often, 1 to 4
MIB ?= 16				## how much the suite iax puts through each way of compression
SHORT ?=					## test: 1 has tests do less, and some of them on one base alone; by default 1 without SUITES, else 0
GUESTS ?=				## test: suites at once; by default 2, but 1 with one processor or less than 8 GB
SLOW ?=					## times the limits of time, on a slow or busy machine; by default 1, or 2 with two guests
RESUME ?= 0				## 1: test and test-full go on after an interruption; what passed with the same files is kept
ONLY ?=					## shell pattern: only these tests of the suites, as in ONLY='30-*'
SERIES ?= series			## series, or none for the unpatched base (boot, test)
CMD ?=					## boot: run this in the guest instead of a shell
SMP ?= 2				## processors of the guest
MEM ?=					## memory of the guest: 2G by default (1G for zswap in a short run)
ACCEL ?= 1				## 0: the distribution's QEMU, without the accelerator
IAX ?=					## properties of the accelerator, as in IAX=engines=2,wqs=4
KERNEL_SRC ?=				## your own kernel tree instead of the distribution's source
QEMU_SRC ?=				## your own QEMU 7.2 tree instead of the distribution's source
RUNS ?= 2				## bench: boots of each kernel, 2 to 9
QUICK ?=				## bench: 1 measures lz4 and deflate-iaa with few pages only
TREE ?=					## am: the git tree that the series is applied to
MUTANT ?=				## mutants: a patch of your own to try against all suites but stress
KINDS ?=				## bench: none or series, one of the two kernels alone
MAX_US ?= 10				## latency: a section of the series that is longer fails, in microseconds
FORCE ?=				## distclean: 1 removes commits and edits, too
JOBS ?= $(shell nproc)			## parallel compiler jobs
BUILD ?= $(CURDIR)/build		## where everything is built

strip_all = $(foreach v,$(1),$(eval $(v) := $(strip $($(v)))))
$(call strip_all,BASE CONFIG SUITES MINUTES CYCLES MIB DEVICES SHORT GUESTS SLOW RESUME ONLY SERIES SMP MEM ACCEL IAX KERNEL_SRC QEMU_SRC RUNS QUICK KINDS MAX_US FORCE TREE MUTANT JOBS BUILD)
# as typed: a "$$x" in it is the guest's
ifneq ($(origin CMD),undefined)
override CMD := $(value CMD)
endif
export SMP MEM MINUTES CYCLES MIB DEVICES SHORT GUESTS SLOW RESUME ACCEL IAX KERNEL_SRC QEMU_SRC JOBS BUILD CMD ONLY SUITES MUTANT SERIES RUNS QUICK KINDS MAX_US FORCE
unexport MAKEFLAGS MFLAGS

one = $(or $(BASE),6.12)
s = $(CURDIR)/scripts

.PHONY: boot test test-full bench latency mutants selftest check qemu tree series am clean distclean cacheclean help
.DEFAULT_GOAL := help

boot:		## a shell in a guest with zswap on, or CMD='...' run there
	@$(s)/deps boot $(CONFIG)
	@$(s)/boot-shell $(one) $(SERIES) $(or $(CONFIG),lockdep)

test:		## everything that must pass before a change lands
	@$(s)/deps test $(CONFIG)
	@$(s)/test "$(BASE)" "$(or $(CONFIG),lockdep)" quick

test-full:	## test, and KASAN, KCSAN, PREEMPT_RT, 32-bit HIGHMEM, built-in drivers
	@$(s)/deps test full
	@$(s)/test "$(BASE)" "$(or $(CONFIG),lockdep kasan kcsan rt highmem builtin)" full

bench:		## ns per page in virtual time, the unpatched base beside the series
	@$(s)/deps bench
	@$(s)/bench $(BASE)

latency:	## longest sections without preemption or interrupts, base beside series
	@$(s)/deps bench
	@$(s)/latency $(or $(BASE),6.12)

mutants:	## kernels with a known bug: the suites must catch each
	@$(s)/deps test
	@$(s)/mutants "$(BASE)" $(if $(MUTANT),"$(MUTANT)",all)

selftest:	## the judge against golden logs and against faults in real guests
	@$(s)/deps test
	@$(s)/run-tap selftest-judge $(s)/selftest-judge
	@$(s)/run-tap selftest-faults $(s)/selftest-faults $(one)

check:		## the patches: apply, round trip, checkpatch, a kernel booted after each
	@$(s)/deps check
	@$(s)/run-tap lint $(s)/lint
	@for b in $(or $(BASE),6.12 7.3 qemu-7.2); do $(s)/run-tap check-$$b $(s)/check $$b whole || exit 1; done

qemu:		## QEMU with the accelerator; prints where it is
	@$(s)/deps qemu
	@$(s)/qemu

tree:		## a git tree with the series as commits: build/BASE/series/src
	@$(s)/deps tree
	@$(s)/apply $(one) series

series:		## write the commits of that tree back to patches/
	@$(s)/series $(one)

am:		## apply the series to your own tree: TREE=/path/to/linux
	@test -n "$(TREE)" || { echo "make am: TREE is not set: make am TREE=/path/to/linux BASE=$(one)" >&2; exit 2; }
	@mkdir -p "$(BUILD)" && $(s)/am $(one) "$(TREE)"

clean:		## remove kernels, images and runs; keep sources and downloads
	@$(s)/clean

distclean:	## remove all of build/: write commits back with "make series" first
	@$(s)/distclean

cacheclean:	## remove the downloads and the compiler cache of all checkouts
	@d="$${XDG_CACHE_HOME:-$$HOME/.cache}/zmem"; echo "removing $$d"; rm -rf "$$d"

help:		## this text
	@echo "targets:"; sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s%s\n", $$1, $$2 }'
	@echo "variables:"; sed -n 's/^\([A-Z_]*\) ?=[^#]*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s%s\n", $$1, $$2 }'
