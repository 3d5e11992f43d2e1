// SPDX-License-Identifier: GPL-2.0-only
/* known: faults of a base that are not ours, CONFIG SUITE KIND NAME REASON */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"

static const char * const kinds[] = {
	[KIND_FAIL] = "fail",
	[KIND_SKIP] = "skip",
	[KIND_FLAKY] = "flaky",
	[KIND_BASE_ONLY] = "base-only",
	[KIND_SPLAT] = "splat",
	[KIND_OURS] = "ours",
};

/* "base-only:TOPIC" names the topic that fixes it, "flaky:COUNT:DATE" what is tolerated */
static void parse_kind(const char *path, size_t number, char *s, struct known *known)
{
	char *detail = strchr(s, ':'), *end;
	size_t k;

	if (detail)
		*detail++ = '\0';
	for (k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
		if (!strcmp(s, kinds[k]))
			break;
	if (k == sizeof(kinds) / sizeof(*kinds))
		die(path, "line %zu: kind '%s' is unknown: fail, skip, flaky, base-only, splat or ours", number, s);
	known->kind = k;
	if (k == KIND_FLAKY) {
		known->count = detail ? strtoul(detail, &end, 10) : 0;
		if (!known->count || known->count > 9 || *end != ':' || !is_date(end + 1))
			die(path, "line %zu: not flaky:COUNT:YYYY-MM-DD, with 1 to 9 attempts that may fail", number);
		known->expires = end + 1;
	} else if (k == KIND_BASE_ONLY) {
		if (detail && !*detail)
			die(path, "line %zu: base-only: without a topic", number);
		known->topic = detail;
	} else if (detail) {
		die(path, "line %zu: kind '%s' has no detail '%s'", number, s, detail);
	}
}

struct known_table read_known(const char *path)
{
	struct known_table t = { 0 };
	struct file f = read_rules(path);
	char *field[5];
	size_t i, k;

	for (i = 0; i < f.n; i++) {
		if (!f.line[i][0])
			continue;
		if (split_tabs(f.line[i], field, 5) != 5)
			die(path, "line %zu: not CONFIG SUITE KIND NAME REASON with tabs between", i + 1);
		for (k = 0; k < 5; k++)
			if (!field[k][strspn(field[k], " ")])
				die(path, "line %zu: column %zu is empty", i + 1, k + 1);
		GROW(t.v, t.n);
		t.v[t.n] = (struct known) {
			.config = field[0],
			.suite = field[1],
			.name = field[3],
			.reason = field[4],
		};
		parse_kind(path, i + 1, field[2], &t.v[t.n]);
		t.n++;
	}
	return t;
}

static bool concerns(const struct known *k, const struct meta *m, enum kind kind)
{
	return k->kind == kind && !fnmatch(k->config, m->config, 0) && !fnmatch(k->suite, m->suite, 0);
}

const struct known *find_known(const struct known_table *t, const struct meta *m,
			       enum kind kind, const char *name)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (concerns(&t->v[i], m, kind) && !fnmatch(t->v[i].name, name, 0))
			return &t->v[i];
	return NULL;
}

const char *known_reason(const struct known_table *t, const struct meta *m,
			 enum kind kind, const char *name)
{
	const struct known *k = find_known(t, m, kind, name);

	return k ? k->reason : NULL;
}

static bool has_topic(const struct meta *m, const char *topic)
{
	size_t i;

	for (i = 0; i < m->n_topics; i++)
		if (!strcmp(m->topic[i], topic))
			return true;
	return false;
}

/* Why a test that guards a patch may fail: the kernel of the run does not have the patch */
const char *base_only_reason(const struct known_table *t, const struct meta *m, const char *name)
{
	bool unpatched = !strcmp(m->series, "none");
	size_t i;

	for (i = 0; i < t->n; i++) {
		const struct known *k = &t->v[i];

		if (!concerns(k, m, KIND_BASE_ONLY) || fnmatch(k->name, name, 0))
			continue;
		if (unpatched || (m->n_topics && k->topic && !has_topic(m, k->topic)))
			return k->reason;
	}
	return NULL;
}

/*
 * KCSAN finds races all over the kernel, other ones in each run.  Where the table
 * says which functions are ours, those of others are none of a run's business.
 */
const char *splat_reason(const struct known_table *t, const struct meta *m, const char *title)
{
	static const char race[] = "BUG: KCSAN: data-race in ";
	const char *reason = known_reason(t, m, KIND_SPLAT, title);
	bool told = false;
	size_t i;

	if (reason || strncmp(title, race, strlen(race)))
		return reason;
	for (i = 0; i < t->n; i++) {
		if (!concerns(&t->v[i], m, KIND_OURS))
			continue;
		if (!fnmatch(t->v[i].name, title + strlen(race), 0))
			return NULL;
		told = true;
	}
	return told ? "neither function is of what is tested" : NULL;
}
