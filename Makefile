# SPDX-License-Identifier: GPL-2.0-only
#
# Compressed-memory patches for Linux and the bench that proves them.
# "make help" lists the targets; README.md explains them.

# Knobs, from the environment or the command line:
BASE ?=					## Linux version, 6.12 or 7.3; default: 6.12 for boot, am, selftest, tree, series, topics, cover and latency, both for the others; tree, series, am and check also take qemu-7.2
CONFIG ?=				## kernel variant, one of kconfig/variants; default: lockdep
SUITES ?=				## suites to run: zswap zram thp crypto accel iax kselftest (default: these) smoke stress; bench: zswap zram acomp
MINUTES ?= 1				## duration of suite stress
CYCLES ?= 3				## how many times suite iax removes each WQ and device
DEVICES ?= 1				## accelerators that suite iax removes concurrently, 1 to 4
MIB ?= 16				## MiB that suite iax sends through each algorithm
SHORT ?=					## test: 1 makes tests do less and runs some on one base only; default: 1 without SUITES, else 0
GUESTS ?=				## test: concurrent guests; default: 2, or 1 with one CPU or less than 8 GB
SLOW ?=					## multiply all timeouts, for slow or busy machines; default: 1, or 2 with two guests
RESUME ?= 0				## test, test-full: 1 continues an interrupted run and keeps results of unchanged files
ROWS ?=					## test, test-full, plan: only the rows of the plan with these names (shell patterns), for example ROWS='lint *-kasan'
FORMAT ?= table				## plan: table, json, or tsv (tabs between the columns)
KEEP ?= 10				## test: how many runs of each suite stay in build/runs
ONLY ?=					## run only tests that match this shell pattern, for example ONLY='30-*'
SERIES ?= series			## boot, test: series (all patches), topic:NAME (a topic and its dependencies) or none (the unpatched base)
CMD ?=					## boot: run this command in the guest instead of a shell
VIRTUAL ?= 0				## boot: 1 counts virtual time, 1 ns per instruction, on one CPU, so that rates hardly depend on the host
SMP ?= 2				## CPUs of the guest
MEM ?=					## memory of the guest; default: 2G (1G for zswap in a short run)
ACCEL ?= 1				## 0: use the distribution's QEMU without the accelerator
IAX ?=					## properties of the accelerator, for example IAX=engines=2,wqs=4
KERNEL_SRC ?=				## build your kernel tree instead of the distribution's source
QEMU_SRC ?=				## build your QEMU 7.2 tree instead of the distribution's source
RUNS ?= 2				## bench: boots per kernel, 2 to 9
QUICK ?=				## bench: 1 measures only lz4 and deflate-iaa with few pages; latency: only deflate and zram with lz4
TREE ?=					## am: the git tree that the patches are applied to
TOPIC ?=				## am, cover: one topic (am: with the topics that it depends on); "make topics" lists them
MUTANT ?=				## mutants: your own patch, tried against all suites except stress
KINDS ?=				## bench, latency: none or series, one of the two kernels only
MAX_US ?= 10				## latency: longest section allowed with the series, in microseconds
DIRS ?=					## merge-results: build directories of the parts
FORCE ?=				## distclean: 1 also removes commits and edits
JOBS ?= $(shell nproc)			## parallel compiler jobs
BUILD ?= $(CURDIR)/build		## build directory

strip_all = $(foreach v,$(1),$(eval $(v) := $(strip $($(v)))))
$(call strip_all,BASE CONFIG SUITES MINUTES CYCLES MIB DEVICES SHORT GUESTS SLOW RESUME ROWS FORMAT KEEP ONLY SERIES VIRTUAL SMP MEM ACCEL IAX KERNEL_SRC QEMU_SRC RUNS QUICK KINDS MAX_US FORCE TREE TOPIC MUTANT JOBS BUILD)
ifneq ($(words $(CURDIR)),1)
$(error the path of this checkout has a blank, which make cannot use: "$(CURDIR)")
endif
# unexpanded: a "$$x" in it is for the shell in the guest
ifneq ($(origin CMD),undefined)
override CMD := $(value CMD)
endif
export VIRTUAL SMP MEM MINUTES CYCLES MIB DEVICES SHORT GUESTS SLOW RESUME ROWS FORMAT KEEP ACCEL IAX KERNEL_SRC QEMU_SRC JOBS BUILD CMD ONLY SUITES MUTANT SERIES RUNS QUICK KINDS MAX_US FORCE
unexport MAKEFLAGS MFLAGS

one = $(or $(BASE),6.12)
s = $(CURDIR)/scripts

# make -n test is a dry run: it prints what would run, and with RESUME=1 what would not
dry = $(if $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS)))),-n)

.PHONY: boot test test-full plan plan-full merge-results bench results report latency mutants guards selftest check qemu tree series topics cover am clean distclean cacheclean help
.DEFAULT_GOAL := help

boot test test-full plan plan-full bench results report latency mutants guards selftest check qemu tree series topics cover am: inputs

# before anything is installed or built
.PHONY: inputs
inputs:
	@BASE="$(BASE)" CONFIG="$(CONFIG)" TREE="$(TREE)" $(s)/inputs $(MAKECMDGOALS)

boot:		## run a shell, or CMD='...', in a guest with zswap on
	@$(s)/deps boot $(CONFIG)
	@$(s)/boot-shell $(one) $(SERIES) $(or $(CONFIG),lockdep)

test:		## run all checks and a short run of the suites, before a change lands (test-full runs all)
	@$(s)/deps test $(CONFIG)
	$(if $(dry),+)@$(s)/test $(dry) "$(BASE)" "$(CONFIG)" quick

test-full:	## run test on KASAN, KCSAN, PREEMPT_RT, 32-bit HIGHMEM and with built-in drivers too
	@$(s)/deps test full
	$(if $(dry),+)@$(s)/test $(dry) "$(BASE)" "$(CONFIG)" full

plan:		## print what test runs: name, phase, command, expected time, what it proves; make -n test is a dry run
	@$(s)/plan -f $(FORMAT) "$(BASE)" "$(CONFIG)" quick

plan-full:	## print what test-full runs
	@$(s)/plan -f $(FORMAT) "$(BASE)" "$(CONFIG)" full

merge-results:	## join what test-full left on several machines: DIRS='DIR...' (see ci/gitlab-ci.yml)
	@$(s)/deps merge
	@$(s)/merge-results $(DIRS)

bench:		## measure ns per page in virtual time, unpatched base beside series
	@$(s)/deps bench
	@$(s)/bench $(BASE)

results:	## write the tables and plots of results/ from the data there
	@$(s)/deps results
	@$(s)/results

report:		## write build/report.html: suites, bugs, mutants, speed, latency, memory in one file
	@$(s)/deps report
	@$(s)/report

latency:	## measure the longest sections without preemption or interrupts, base beside series
	@$(s)/deps bench
	@$(s)/latency $(or $(BASE),6.12)

mutants:	## check that the suites catch kernels with a known bug
	@$(s)/deps test
	@$(s)/mutants "$(BASE)" $(if $(MUTANT),"$(MUTANT)",all)

guards:		## check that each test that guards a patch fails without its topic; SERIES=patch: without the patch; SERIES=none: without all
	@$(s)/deps test
	@$(s)/guards "$(BASE)" $(or $(if $(filter patch,$(SERIES)),patches),$(if $(filter none,$(SERIES)),all),topics) $(TOPIC)

selftest:	## check the judge against expected outputs and injected bugs in real guests
	@$(s)/deps test
	@$(s)/run-tap selftest-judge $(s)/selftest-judge
	@$(s)/run-tap selftest-faults $(s)/selftest-faults $(one)

check:		## check the patches: apply, round trip, checkpatch, topics, a kernel booted after each
	@$(s)/deps check
	@$(s)/run-tap lint $(s)/lint
	@for b in $(or $(BASE),6.12 7.3 qemu-7.2); do $(s)/run-tap check-$$b $(s)/check $$b whole || exit 1; done

qemu:		## build QEMU with the accelerator and print its directory
	@$(s)/deps qemu
	@$(s)/qemu

tree:		## make a git tree with one commit per patch: build/BASE/series/src
	@$(s)/deps tree
	@$(s)/apply $(one) series

series:		## write the commits of that tree back to patches/
	@$(s)/series $(one)

topics:		## list the topics of BASE: tree, patches, lines, dependencies
	@$(s)/topics $(one)

cover:		## print the cover mail of TOPIC
	@test -n "$(TOPIC)" || { echo "make cover: TOPIC is not set: make cover TOPIC=NAME BASE=$(one)" >&2; exit 2; }
	@$(s)/cover $(one) "$(TOPIC)"

am:		## apply all patches, or those of TOPIC, to your own tree: TREE=/path/to/linux
	@test -n "$(TREE)" || { echo "make am: TREE is not set: make am TREE=/path/to/linux BASE=$(one)" >&2; exit 2; }
	@$(s)/am $(one) "$(TREE)" $(TOPIC)

clean:		## remove objects and run directories; keep sources and downloads
	@$(s)/clean

distclean:	## remove build/; write commits back with "make series" first
	@$(s)/distclean

cacheclean:	## remove downloads, compiler cache and good results of check, which all checkouts share
	@d="$${XDG_CACHE_HOME:-$$HOME/.cache}/zmem"; echo "removing $$d"; rm -rf "$$d"

help:		## print this text
	@echo "targets:"; sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-17s%s\n", $$1, $$2 }'
	@echo "variables:"; sed -n 's/^\([A-Z_]*\) ?=[^#]*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-17s%s\n", $$1, $$2 }'
