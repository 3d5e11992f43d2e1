// SPDX-License-Identifier: GPL-2.0-only
/* known: faults of a base that are not ours, CONFIG SUITE KIND NAME REASON */
#include <errno.h>
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
};

/* "base-only:TOPIC/PATCH" names the patch that fixes it, "flaky:COUNT:DATE" what is tolerated */
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
		die(path, "line %zu: kind '%s' is unknown: fail, skip, flaky, base-only or splat", number, s);
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

/* A whole topic is in the list as TOPIC; of another one, each patch is as TOPIC/PATCH */
static bool has_topic(const struct meta *m, const char *topic)
{
	const char *slash = strchr(topic, '/');
	size_t i;

	for (i = 0; i < m->n_topics; i++) {
		const char *have = m->topic[i];

		if (!strcmp(have, topic))
			return true;
		/* a table names a patch by the beginning of its name */
		if (slash && (!strncmp(have, topic, strlen(topic)) ||
			      (!strncmp(have, topic, slash - topic) && !have[slash - topic])))
			return true;
	}
	return false;
}

/* The line of a test that must fail, since the kernel of the run lacks the patch that it guards */
const struct known *find_base_only(const struct known_table *t, const struct meta *m, const char *name)
{
	bool unpatched = !strcmp(m->series, "none");
	size_t i;

	for (i = 0; i < t->n; i++) {
		const struct known *k = &t->v[i];

		if (!concerns(k, m, KIND_BASE_ONLY) || fnmatch(k->name, name, 0))
			continue;
		if (unpatched || (m->n_topics && k->topic && !has_topic(m, k->topic)))
			return k;
	}
	return NULL;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The functions of the kernel that is tested; without the file every race counts */
void read_ours(struct known_table *t, const char *path)
{
	struct file f = read_lines(path, 0);

	if (f.missing && errno != ENOENT)
		die(path, "%s", strerror(errno));
	/* half a list would excuse what it lacks */
	if (f.cut)
		die(path, "the last line has no line end");
	t->ours = f.line;
	t->n_ours = f.n;
	if (f.n)
		qsort(f.line, f.n, sizeof(*f.line), compare_names);
}

/* "name", "name.isra.0", "name [module]": is the first function of S one of ours? */
static bool is_ours(const struct known_table *t, const char *s)
{
	char *name = xstrndup(s, strcspn(s, " .+"));
	bool found = bsearch(&name, t->ours, t->n_ours, sizeof(*t->ours), compare_names);

	free(name);
	return found;
}

/*
 * KCSAN finds races all over the kernel, other ones in each run.  Where the functions that are
 * tested are listed, those of others are none of a run's business.
 */
const char *splat_reason(const struct known_table *t, const struct meta *m, const char *title)
{
	static const char race[] = "BUG: KCSAN: data-race in ";
	const char *reason = known_reason(t, m, KIND_SPLAT, title);
	const char *second;

	if (reason || strncmp(title, race, strlen(race)) || !t->n_ours)
		return reason;
	title += strlen(race);
	second = strstr(title, " / ");
	if (is_ours(t, title) || (second && is_ours(t, second + 3)))
		return NULL;
	return "neither function is of what is tested";
}
