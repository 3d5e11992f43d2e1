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

/* What run-suite and fail() of rootfs/lib.sh print is a test's own reason to fail */
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

/*
 * Has the parent failed because of the tests below it alone?  By the rules of KTAP, a parent
 * inside a program's output does.  A test of the guest (no indent) must say so, or a known
 * failure below it would hide one of its own.
 */
static bool sums_up(const struct result *r)
{
	size_t i;

	if (!r->bad_below || own_reason(r))
		return false;
	if (r->indent)
		return true;
	for (i = 0; i < r->n_diag; i++)
		if (!strcmp(r->diag[i], "only subtests failed"))
			return true;
	return false;
}

/* The attempts at a test in this run: results of one name */
static void count_attempts(const struct run *run, const char *name, size_t *passed, size_t *failed)
{
	size_t i;

	*passed = *failed = 0;
	for (i = 0; i < run->tap.n; i++) {
		const struct result *r = &run->tap.v[i];
		char *other = full_name(&run->tap, i);

		if (!strcmp(other, name) && !r->skip)
			(r->ok && !r->bad_plan ? (*passed)++ : (*failed)++);
		free(other);
	}
}

/* Why a failed attempt may be excused; else WHY_NOT says what the line of the table lacks */
static const char *flaky_reason(const struct run *run, const char *name, char **why_not)
{
	const struct known *k = find_known(&run->known, &run->meta, KIND_FLAKY, name);
	size_t passed, failed;

	*why_not = NULL;
	if (!k)
		return NULL;
	count_attempts(run, name, &passed, &failed);
	if (!run->meta.date || strcmp(run->meta.date, k->expires) > 0)
		*why_not = xasprintf("flaky: tolerated until %s only", k->expires);
	else if (failed > k->count)
		*why_not = xasprintf("flaky: %zu attempts failed, %zu may", failed, k->count);
	else if (!passed)
		*why_not = xasprintf("flaky: %zu of %zu attempts failed, one must pass", failed, failed);
	return *why_not ? NULL : k->reason;
}

static void test_result(struct run *run, const struct result *r, const char *name)
{
	const char *fail = known_reason(&run->known, &run->meta, KIND_FAIL, name);
	const char *skip = known_reason(&run->known, &run->meta, KIND_SKIP, name);
	const struct known *base_only = find_base_only(&run->known, &run->meta, name);
	const char *excuse = fail;
	char *why_not = NULL;

	if (!excuse && base_only)
		excuse = base_only->reason;
	if (!r->ok || r->bad_plan) {
		if (!excuse)
			excuse = flaky_reason(run, name, &why_not);
		point(run, excuse ? TODO : NOT_OK, excuse, "%s", name);
		if (r->bad_plan)
			diag("its own plan is %zu and %zu results came", r->planned, r->got);
		if (why_not)
			diag("%s", why_not);
		result_diag(r);
		free(why_not);
	} else if (r->skip) {
		point(run, skip ? SKIPPED : NOT_OK, skip, "%s", name);
		diag("skipped: %s", r->reason && *r->reason ? r->reason : "no reason given");
	} else {
		/* a line that is wrong today hides a failure tomorrow */
		point(run, fail || skip || base_only ? NOT_OK : OK, NULL, "%s", name);
		if (fail)
			diag("known failure passed, remove it from the table or make it flaky: %s", fail);
		else if (skip)
			diag("known skip ran, remove it from the table: %s", skip);
		else if (base_only)
			diag("it passes without %s, so it does not guard it: %s",
			     base_only->topic ? base_only->topic : "the series", base_only->reason);
	}
}

void tests(struct run *run)
{
	size_t i;

	for (i = 0; i < run->tap.n; i++) {
		const struct result *r = &run->tap.v[i];
		char *name;

		/* of a parent that only sums up, the leaves say it all */
		if (!r->leaf && !r->bad_plan && !r->skip && (r->ok || sums_up(r)))
			continue;
		name = full_name(&run->tap, i);
		test_result(run, r, name);
		free(name);
	}
}
