// SPDX-License-Identifier: GPL-2.0-only
/* Examples of console lines, CATEGORY or "allowed" and the line: is every rule of use? */
#include <stdio.h>
#include <string.h>

#include "judge.h"

/* Prints what is wrong with a line's classification */
static unsigned int classify(struct rules *deny, struct rules *allow, size_t number,
			     const char *category, const char *text)
{
	struct con_line line = parse_con_line(text, strlen(text));
	struct rule *d = match(deny, &line), *a = match(allow, &line);

	if (d)
		d->used = true;
	/* what no rule denies needs no allowance */
	if (d && a)
		a->used = true;
	if (!strcmp(category, "allowed")) {
		if (d && a)
			return 0;
		diag("example line %zu: %s: %s", number, a ? "no rule denies it" : "not allowed", text);
		return 1;
	}
	if (d && !a && !strcmp(d->category, category))
		return 0;
	diag("example line %zu is %s, not %s: %s", number,
	     a ? "allowed" : d ? d->category : "not denied", category, text);
	return 1;
}

/* Prints the rules that are the first for no example */
static unsigned int unused(const struct rules *r, const char *path)
{
	unsigned int bad = 0;
	size_t i;

	for (i = 0; i < r->n; i++) {
		if (r->v[i].used)
			continue;
		diag("%s line %zu is the first that matches no example", path, r->v[i].number);
		bad++;
	}
	return bad;
}

/* Status: 0 all good, 1 if not */
int check_examples(struct rules *deny, const char *deny_path, struct rules *allow,
		   const char *allow_path, const char *path)
{
	struct file f = read_rules(path);
	unsigned int wrong = 0, idle;
	char *field[2];
	size_t i;

	puts("TAP version 13");
	for (i = 0; i < f.n; i++) {
		if (!f.line[i][0])
			continue;
		if (split_tabs(f.line[i], field, 2) != 2)
			die(path, "line %zu: not CATEGORY and line with a tab between", i + 1);
		wrong += classify(deny, allow, i + 1, field[0], field[1]);
	}
	printf("%s 1 - the examples are classified as they should be\n", wrong ? "not ok" : "ok");
	idle = unused(deny, deny_path) + unused(allow, allow_path);
	printf("%s 2 - every rule matches an example\n1..2\n", idle ? "not ok" : "ok");
	return wrong || idle;
}
