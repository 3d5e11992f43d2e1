// SPDX-License-Identifier: GPL-2.0-only
/* Reading files, lines and patterns */
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"

_Noreturn void give_up(const char *what, const char *why)
{
	fprintf(stderr, "judge: %s: %s\n", what, why);
	exit(2);
}

void *grow(void *array, size_t nr, size_t size)
{
	/* powers of two: grow when nr is one */
	if (nr & (nr - 1))
		return array;
	array = realloc(array, (nr ? nr * 2 : 1) * size);
	if (!array)
		give_up("memory", strerror(ENOMEM));
	return array;
}

char *copy(const char *s)
{
	char *c = strdup(s);

	if (!c)
		give_up("memory", strerror(ENOMEM));
	return c;
}

/* A console may hold NULs and carriage returns; neither may hide a line. */
static void clean(char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!s[i] || s[i] == '\r')
			s[i] = ' ';
	while (n && s[n - 1] == ' ')
		n--;
	s[n] = '\0';
}

struct lines read_path(const char *path)
{
	struct lines l = { 0 };
	char *buf = NULL;
	size_t cap = 0;
	ssize_t n;
	FILE *f;

	f = fopen(path, "r");
	if (!f)
		return l;
	l.present = true;
	while ((n = getline(&buf, &cap, f)) >= 0) {
		l.cut = n && buf[n - 1] != '\n';
		if (!l.cut)
			n--;
		buf[n] = '\0';
		clean(buf, n);
		l.line = grow(l.line, l.nr, sizeof(*l.line));
		l.line[l.nr++] = copy(buf);
	}
	free(buf);
	fclose(f);
	return l;
}

struct lines read_lines(const char *dir, const char *name)
{
	char path[4096];

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= (int)sizeof(path))
		give_up(dir, "name too long");
	return read_path(path);
}

const char *value_of(const struct lines *meta, const char *key)
{
	size_t i, n = strlen(key);

	for (i = 0; i < meta->nr; i++)
		if (!strncmp(meta->line[i], key, n) && meta->line[i][n] == '=')
			return meta->line[i] + n + 1;
	return "";
}

static bool comment(const char *line)
{
	line += strspn(line, " \t");
	return !*line || *line == '#';
}

struct rules read_rules(const char *path, bool word_first, bool may_be_empty)
{
	struct lines l = read_path(path);
	struct rules r = { 0 };
	char what[4200];
	size_t i;

	if (!l.present)
		give_up(path, "cannot be read");
	for (i = 0; i < l.nr; i++) {
		char *tab = strchr(l.line[i], '\t'), *word, *re;
		struct rule *rule;

		if (comment(l.line[i]))
			continue;
		snprintf(what, sizeof(what), "%s line %zu", path, i + 1);
		if (!tab || !tab[1])
			give_up(what, "needs two fields with a tab between");
		*tab = '\0';
		word = word_first ? l.line[i] : tab + 1;
		re = word_first ? tab + 1 : l.line[i];
		r.rule = grow(r.rule, r.nr, sizeof(*r.rule));
		rule = &r.rule[r.nr++];
		rule->word = word;
		if (regcomp(&rule->re, re, REG_EXTENDED | REG_NOSUB))
			give_up(what, "no valid regular expression");
	}
	if (!r.nr && !may_be_empty)
		give_up(path, "holds no rule: a check without rules would find everything clean");
	return r;
}

const struct rule *match_rules(const struct rules *rules, const char *line)
{
	size_t i;

	for (i = 0; i < rules->nr; i++)
		if (!regexec(&rules->rule[i].re, line, 0, NULL, 0))
			return &rules->rule[i];
	return NULL;
}

struct knowns read_knowns(const char *path)
{
	static const char * const kinds[] = { "fail", "skip", "base-only", "splat" };
	struct lines l = read_path(path);
	struct knowns k = { 0 };
	char what[4200];
	size_t i;
	int f, n;

	if (!l.present)
		give_up(path, "cannot be read");
	for (i = 0; i < l.nr; i++) {
		char *field[5], *s = l.line[i];
		struct known *e;

		if (comment(s))
			continue;
		snprintf(what, sizeof(what), "%s line %zu", path, i + 1);
		for (f = 0; f < 5; f++) {
			field[f] = s;
			s = f < 4 && s ? strchr(s, '\t') : NULL;
			if (s)
				*s++ = '\0';
			if (!field[f] || !*field[f])
				give_up(what, "needs CONFIG, SUITE, KIND, NAME and REASON with tabs between");
		}
		for (n = 0; n < 4 && strcmp(field[2], kinds[n]); n++)
			;
		if (n == 4)
			give_up(what, "KIND must be fail, skip, base-only or splat");
		k.known = grow(k.known, k.nr, sizeof(*k.known));
		e = &k.known[k.nr++];
		*e = (struct known){ field[0], field[1], field[3], field[4], n };
	}
	return k;
}

const struct known *find_known(const struct knowns *k, enum known_kind kind,
			       const char *config, const char *suite, const char *name)
{
	size_t i;

	for (i = 0; i < k->nr; i++)
		if (k->known[i].kind == kind && !fnmatch(k->known[i].config, config, 0) &&
		    !fnmatch(k->known[i].suite, suite, 0) && !fnmatch(k->known[i].name, name, 0))
			return &k->known[i];
	return NULL;
}
