// SPDX-License-Identifier: GPL-2.0-only
/* meta: what the host knows of the run, key=value lines */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"

static void split_words(char ***v, size_t *n, char *s)
{
	char *word, *save;

	for (word = strtok_r(s, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		GROW(*v, *n);
		(*v)[(*n)++] = word;
	}
}

struct meta read_meta(const char *path)
{
	struct meta m = { 0 };
	char *rc = NULL, *timed_out = NULL, *detectors = NULL, *end;
	const struct {
		const char *key;
		char **value;
		bool may_be_empty;
	} keys[] = {
		{ "base", &m.base, false },
		{ "series", &m.series, false },
		{ "config", &m.config, false },
		{ "suite", &m.suite, false },
		{ "nonce", &m.nonce, false },
		{ "qemu_rc", &rc, false },
		{ "timed_out", &timed_out, false },
		{ "detectors", &detectors, true },
	};
	struct file f = read_lines(path, 0);
	size_t i, k;

	if (f.missing)
		die(path, "%s", strerror(errno));
	/* half a list of detectors would pass for a whole one */
	if (f.cut)
		die(path, "the last line has no line end");
	for (i = 0; i < f.n; i++) {
		char *eq = strchr(f.line[i], '=');

		if (!eq)
			die(path, "line %zu is not key=value", i + 1);
		*eq = '\0';
		if (!strcmp(f.line[i], "expect") && eq[1])
			m.expect = eq + 1;
		if (!strcmp(f.line[i], "date"))
			m.date = eq + 1;
		if (!strcmp(f.line[i], "levels"))
			m.levels = !strcmp(eq + 1, "1");
		if (!strcmp(f.line[i], "topics"))
			split_words(&m.topic, &m.n_topics, eq + 1);
		for (k = 0; k < sizeof(keys) / sizeof(*keys); k++)
			if (!strcmp(f.line[i], keys[k].key))
				*keys[k].value = eq + 1;
	}
	for (k = 0; k < sizeof(keys) / sizeof(*keys); k++)
		if (!*keys[k].value || (!**keys[k].value && !keys[k].may_be_empty))
			die(path, "%s is not given", keys[k].key);

	m.qemu_rc = strtol(rc, &end, 10);
	if (*end)
		die(path, "qemu_rc=%s is not a number", rc);
	if (strcmp(timed_out, "0") && strcmp(timed_out, "1"))
		die(path, "timed_out=%s is neither 0 nor 1", timed_out);
	m.timed_out = *timed_out == '1';
	if (strcmp(m.series, "series") && strcmp(m.series, "none"))
		die(path, "series=%s is neither series nor none", m.series);
	if (m.date && !is_date(m.date))
		die(path, "date=%s is not YYYY-MM-DD", m.date);
	split_words(&m.detector, &m.n_detectors, detectors);
	return m;
}
