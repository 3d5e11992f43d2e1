// SPDX-License-Identifier: GPL-2.0-only
/* The points of the guest's tests */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"

enum { DIAG_LINES = 60 };

static void result_diag(const struct result *r)
{
	size_t i = r->n_diag > DIAG_LINES ? r->n_diag - DIAG_LINES : 0;

	if (i)
		diag("(%zu earlier lines left out)", i);
	for (; i < r->n_diag; i++)
		diag("%s", r->diag[i]);
}

/*
 * A parent that failed, has a failed test below it and gives no reason of its own only sums
 * up.  What run-suite and fail() of rootfs/lib.sh print are such reasons.
 */
static bool own_reason(const struct result *r)
{
	static const char * const reasons[] = {
		"FAILED: *", "over its limit of *", "lockdep is off after *", "*: line [0-9]*: *: not found",
	};
	size_t i, k;

	for (i = 0; i < r->n_diag; i++)
		for (k = 0; k < sizeof(reasons) / sizeof(*reasons); k++)
			if (!fnmatch(reasons[k], r->diag[i], 0))
				return true;
	return false;
}

static void test_result(struct run *run, const struct result *r, const char *name)
{
	const char *fail = known_reason(&run->known, &run->meta, KIND_FAIL, name);
	const char *skip = known_reason(&run->known, &run->meta, KIND_SKIP, name);

	if (!fail)
		fail = base_only_reason(&run->known, &run->meta, name);
	if (!r->ok || r->bad_plan) {
		point(run, fail ? TODO : NOT_OK, fail, "%s", name);
		if (r->bad_plan)
			diag("its own plan is %zu and %zu results came", r->planned, r->got);
		result_diag(r);
	} else if (r->skip) {
		point(run, skip ? SKIPPED : NOT_OK, skip, "%s", name);
		diag("skipped: %s", r->reason && *r->reason ? r->reason : "no reason given");
	} else {
		point(run, OK, NULL, "%s", name);
		if (fail)
			diag("note: known failure passed, remove it from the table");
	}
}

void tests(struct run *run)
{
	size_t i;

	for (i = 0; i < run->tap.n; i++) {
		const struct result *r = &run->tap.v[i];
		char *name;

		/* of a parent that only sums up, the leaves say it all */
		if (!r->leaf && !r->bad_plan && !r->skip && (r->ok || (r->bad_below && !own_reason(r))))
			continue;
		name = full_name(&run->tap, i);
		test_result(run, r, name);
		free(name);
	}
}
