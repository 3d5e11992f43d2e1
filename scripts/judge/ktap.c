// SPDX-License-Identifier: GPL-2.0-only
/* Results that the tests sent: KTAP, nested by indentation */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "judge.h"

#define LEVELS 8

/*
 * A subtest's results come before the line of its parent, so the leaves wait
 * for the parent's name: first[d] is the first result of level d that has no
 * parent yet.
 */
struct level {
	size_t first;
	long planned, seen;
	bool used, bad;
};

static void add(struct results *r, const char *name, enum outcome out, const char *reason, size_t from, size_t to)
{
	struct result *n;

	r->result = grow(r->result, r->nr, sizeof(*r->result));
	n = &r->result[r->nr++];
	*n = (struct result){ copy(name), reason ? copy(reason) : NULL, out, from, to };
}

static void add_parent(struct results *r, size_t first, const char *parent)
{
	size_t i;

	for (i = first; i < r->nr; i++) {
		char *old = r->result[i].name;
		size_t size = strlen(parent) + strlen(old) + 4;
		char *new = malloc(size);

		if (!new)
			give_up("memory", "exhausted");
		snprintf(new, size, "%s / %s", parent, old);
		free(old);
		r->result[i].name = new;
	}
}

/* "ok 3 - name # SKIP why": true if the line is a result */
static bool parse_result(char *s, bool *ok, long *number, char **name, char **skip)
{
	char *hash, *end;

	*ok = !strncmp(s, "ok", 2);
	if (!*ok && strncmp(s, "not ok", 6))
		return false;
	s += *ok ? 2 : 6;
	if (*s && !isspace((unsigned char)*s))
		return false;
	s += strspn(s, " ");
	*number = strtol(s, &end, 10);
	if (end == s)
		*number = 0;
	s = end + strspn(end, " ");
	if (*s == '-')
		s += 1 + strspn(s + 1, " ");
	*skip = NULL;
	hash = strstr(s, " # ");
	if (hash) {
		if (!strncasecmp(hash + 3, "SKIP", 4))
			*skip = hash + 7 + strspn(hash + 7, " ");
		*hash = '\0';
	}
	*name = s;
	return true;
}

struct results parse_ktap(const struct lines *tap)
{
	struct results r = { .planned = -1, .in_sequence = true };
	struct level level[LEVELS] = { 0 };
	size_t i, diag = 0;
	int d;

	for (d = 0; d < LEVELS; d++)
		level[d].planned = -1;
	for (i = 0; i < tap->nr; i++) {
		char *line = copy(tap->line[i]), *s = line, *name, *skip;
		size_t indent = strspn(line, " ");
		int depth = indent ? (int)((indent + 3) / 4) : 0;
		bool ok, child_failed = false;
		long number;
		struct level *me;
		size_t k;

		if (depth >= LEVELS)
			depth = LEVELS - 1;
		me = &level[depth];
		s += indent;
		if (!strncmp(s, "1..", 3) && isdigit((unsigned char)s[3])) {
			me->planned = strtol(s + 3, NULL, 10);
			me->used = true;
			if (!depth)
				r.planned = me->planned;
			free(line);
			continue;
		}
		if (!parse_result(s, &ok, &number, &name, &skip)) {
			free(line);
			continue;
		}
		if (!me->used) {
			me->used = true;
			me->first = r.nr;
		}
		if (!me->seen++)
			me->first = me->first < r.nr ? me->first : r.nr;
		if (!depth) {
			r.seen++;
			if (number && number != r.seen)
				r.in_sequence = false;
		}
		/* what stands below this level belongs to this result */
		if (depth + 1 < LEVELS && level[depth + 1].seen) {
			struct level *sub = &level[depth + 1];

			if (sub->planned >= 0 && sub->planned != sub->seen)
				sub->bad = true;
			for (k = sub->first; k < r.nr; k++)
				child_failed |= r.result[k].out == OUT_FAIL;
			add_parent(&r, sub->first, name);
			/* the parent speaks for itself only when no child does */
			if ((!ok && !child_failed) || sub->bad)
				add(&r, name, OUT_FAIL, sub->bad ? "a subtest's plan and its results differ" : NULL, diag, i);
			if (sub->bad)
				r.nested_short = true;
		} else {
			add(&r, name, skip ? OUT_SKIP : ok ? OUT_OK : OUT_FAIL, skip, diag, i);
		}
		for (d = depth + 1; d < LEVELS; d++)
			level[d] = (struct level){ .planned = -1 };
		diag = i + 1;
		free(line);
	}
	return r;
}
