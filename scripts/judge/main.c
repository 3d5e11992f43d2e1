// SPDX-License-Identifier: GPL-2.0-only
/*
 * usage: judge -d DENY [-a ALLOW] [-k KNOWN] RUNDIR
 *
 * Reads meta, console.log and tap from RUNDIR and prints TAP: first the points
 * about the run itself, always the same ones in the same order, then one per
 * test.  Good is only what there is positive evidence for.
 * Status: 0 all good, 1 something failed, 2 no judgement was possible.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "judge.h"

static int points, failures;
static const char *suite;

static void point(bool good, const char *name)
{
	printf("%s %d - %s: %s\n", good ? "ok" : "not ok", ++points, suite, name);
	failures += !good;
}

static void tail(const struct lines *l, size_t n)
{
	size_t i;

	for (i = l->nr > n ? l->nr - n : 0; i < l->nr; i++)
		printf("# | %s\n", l->line[i]);
}

static bool has_line(const struct lines *l, const char *want)
{
	size_t i;

	for (i = 0; i < l->nr; i++)
		if (!strcmp(l->line[i], want))
			return true;
	return false;
}

static bool is_category(const struct splat *s, const char *names)
{
	size_t n = strlen(s->category);
	const char *p;

	for (p = strstr(names, s->category); p; p = strstr(p + 1, s->category))
		if ((p == names || p[-1] == ' ') && (!p[n] || p[n] == ' '))
			return true;
	return false;
}

static void show(const struct splat *s, const struct lines *console)
{
	size_t i;

	printf("# splat: %s: %s\n", s->category, s->title);
	if (*s->fingerprint)
		printf("# fingerprint: %s\n", s->fingerprint);
	for (i = s->line; i < console->nr && i < s->line + 12; i++)
		printf("# | %s\n", console->line[i]);
}

#define HANGS "hang lockup rcu"

static void judge_expected(const char *want, bool booted, bool timed_out, const struct splats *s)
{
	const char *first = s->nr ? s->splat[0].category : timed_out ? "timeout" : "nothing";
	char name[300];
	size_t i;

	point(booted, "booted");
	for (i = 0; i < s->nr && i < 8; i++)
		printf("# found: %s: %s\n", s->splat[i].category, s->splat[i].title);
	if (strcmp(first, want))
		printf("# found %s first, want %s\n", first, want);
	snprintf(name, sizeof(name), "named %s", want);
	point(!strcmp(first, want), name);
}

static void judge_complete(const struct lines *tap, const struct results *r, const char *nonce)
{
	const char *why = NULL;
	char end[300];

	snprintf(end, sizeof(end), "# end %s", nonce);
	if (!tap->present || !tap->nr)
		why = "no test output at all";
	else if (r->planned < 0)
		why = "no plan";
	else if (tap->cut)
		why = "test output is cut off in the middle of a line";
	else if (r->seen < r->planned)
		why = "fewer results than planned";
	else if (r->seen > r->planned)
		why = "more results than planned";
	else if (!r->planned)
		why = "the plan holds no test";
	else if (!r->in_sequence)
		why = "results out of sequence";
	else if (r->nested_short)
		why = "a subtest's plan and its results differ";
	else if (!strncmp(tap->line[tap->nr - 1], "# end ", 6) && strcmp(tap->line[tap->nr - 1], end))
		why = "the end marker is that of another run";
	else if (strcmp(tap->line[tap->nr - 1], end))
		why = "no end marker";
	if (why)
		printf("# %s (planned %ld, seen %ld)\n", why, r->planned, r->seen);
	point(!why, "complete");
}

static void judge_result(const struct result *t, const struct lines *tap, const struct knowns *known,
			 const struct lines *meta)
{
	const char *config = value_of(meta, "config");
	const struct known *k;
	size_t i;

	if (t->out == OUT_OK) {
		k = find_known(known, KNOWN_FAIL, config, suite, t->name);
		if (k)
			printf("# note: '%s' is known to fail (%s) but passed: remove it from the table\n", t->name, k->reason);
		point(true, t->name);
		return;
	}
	for (i = t->diag_from; i < t->diag_to && i < tap->nr; i++) {
		const char *s = tap->line[i] + strspn(tap->line[i], " ");

		if (*s == '#')
			printf("%s\n", s);
	}
	if (t->out == OUT_SKIP) {
		k = find_known(known, KNOWN_SKIP, config, suite, t->name);
		if (k) {
			printf("ok %d - %s: %s # SKIP %s\n", ++points, suite, t->name, k->reason);
			return;
		}
		printf("# skipped: %s\n", t->reason);
		point(false, t->name);
		return;
	}
	if (t->reason)
		printf("# %s\n", t->reason);
	k = find_known(known, KNOWN_FAIL, config, suite, t->name);
	if (!k && !strcmp(value_of(meta, "series"), "none"))
		k = find_known(known, KNOWN_BASE_ONLY, config, suite, t->name);
	if (k)
		printf("not ok %d - %s: %s # TODO known: %s\n", ++points, suite, t->name, k->reason);
	else
		point(false, t->name);
}

int main(int argc, char **argv)
{
	const char *deny_path = NULL, *allow_path = NULL, *known_path = NULL, *dir, *nonce, *want;
	struct lines meta, console, tap;
	struct rules deny, allow = { 0 };
	struct knowns known = { 0 };
	struct splats splats;
	struct results results;
	bool booted, timed_out, clean = true, panic = false, hang = false;
	char marker[300], *detectors, *word;
	size_t i;
	int c;

	while ((c = getopt(argc, argv, "d:a:k:")) != -1) {
		switch (c) {
		case 'd': deny_path = optarg; break;
		case 'a': allow_path = optarg; break;
		case 'k': known_path = optarg; break;
		default: deny_path = NULL; optind = argc;
		}
	}
	if (!deny_path || optind != argc - 1)
		give_up("usage", "judge -d DENY [-a ALLOW] [-k KNOWN] RUNDIR");
	dir = argv[optind];
	deny = read_rules(deny_path, true, false);
	if (allow_path)
		allow = read_rules(allow_path, false, true);
	if (known_path)
		known = read_knowns(known_path);
	meta = read_lines(dir, "meta");
	if (!meta.present)
		give_up(dir, "no run: meta is missing");
	suite = value_of(&meta, "suite");
	nonce = value_of(&meta, "nonce");
	want = value_of(&meta, "expect");
	if (!*suite || !*nonce)
		give_up(dir, "meta names no suite or no nonce");
	console = read_lines(dir, "console.log");
	tap = read_lines(dir, "tap");
	splats = find_splats(&console, &deny, &allow);
	results = parse_ktap(&tap);
	snprintf(marker, sizeof(marker), "# boot %s", nonce);
	booted = has_line(&tap, marker);
	timed_out = strcmp(value_of(&meta, "timed_out"), "0");

	if (*want) {
		judge_expected(want, booted, timed_out, &splats);
		goto out;
	}

	if (!booted)
		tail(&console, 15);
	point(booted, "booted");

	for (i = 0; i < splats.nr; i++)
		panic |= is_category(&splats.splat[i], "panic");
	if (strcmp(value_of(&meta, "qemu_rc"), "0") && !timed_out)
		printf("# QEMU ended with status %s\n", value_of(&meta, "qemu_rc"));
	point(!panic && (timed_out || !strcmp(value_of(&meta, "qemu_rc"), "0")), "no panic");

	for (i = 0; i < splats.nr; i++)
		hang |= is_category(&splats.splat[i], HANGS);
	if (timed_out) {
		printf("# the guest did not end within its time\n");
		tail(&console, 40);
	}
	point(!timed_out && !hang, "no hang");

	for (i = 0; i < splats.nr; i++) {
		const struct splat *s = &splats.splat[i];
		const struct known *k = find_known(&known, KNOWN_SPLAT, value_of(&meta, "config"), suite, s->title);

		if (k) {
			printf("# known splat: %s (%s)\n", s->title, k->reason);
			continue;
		}
		clean = false;
		if (i < 12)
			show(s, &console);
	}
	if (!console.nr)
		printf("# the console is empty\n");
	point(clean && console.nr, "console clean");

	detectors = copy(value_of(&meta, "detectors"));
	for (word = strtok(detectors, " "); word; word = strtok(NULL, " ")) {
		char name[300];

		snprintf(marker, sizeof(marker), "# detector %s on", word);
		snprintf(name, sizeof(name), "detector %s on", word);
		point(has_line(&tap, marker), name);
	}
	judge_complete(&tap, &results, nonce);
	for (i = 0; i < results.nr; i++)
		judge_result(&results.result[i], &tap, &known, &meta);
out:
	printf("1..%d\n", points);
	return failures ? 1 : 0;
}
