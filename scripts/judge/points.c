// SPDX-License-Identifier: GPL-2.0-only
/* The points about the run itself */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"

enum { SPLAT_LINES = 10, MAX_SPLATS = 20, STACK_LINES = 60 };

void booted(struct run *run)
{
	check(run, run->tap.booted, "booted");
	if (run->tap.booted)
		return;
	if (run->tap.other_boot)
		diag("the guest's boot line has another run's nonce");
	else
		diag("the guest's boot line never came");
	last_lines(&run->console);
}

/* An empty line of the report says nothing in a diagnostic */
static void report_lines(const struct console *c, const struct splat *s)
{
	size_t i, n = 0;

	for (i = s->line + 1; i < s->end && n < SPLAT_LINES; i++) {
		if (!c->line[i].text[strspn(c->line[i].text, " ")])
			continue;
		diag("  %s", c->line[i].text);
		n++;
	}
}

/* Known ones are there to be read, not to fail */
static const struct splat *splat_of(const struct run *run, const char *category)
{
	const struct splat *s = run->console.splat;
	size_t i;

	for (i = 0; i < run->console.n_splats; i++)
		if (!s[i].known && !strcmp(s[i].category, category))
			return &s[i];
	return NULL;
}

static bool powered_off(const struct console *c)
{
	return find_text(c, "reboot: Power down", 0) < c->n;
}

void no_panic(struct run *run)
{
	const struct console *c = &run->console;
	const struct meta *m = &run->meta;
	size_t line = find_text(c, "Kernel panic - not syncing", 0);
	bool killed = m->timed_out && m->qemu_rc;	/* by the host: "no hang" says so */
	/* the guest is gone, and it neither panicked nor left of its own will */
	bool vanished = !m->qemu_rc && !m->timed_out && line == c->n && !run->tap.ended && !powered_off(c);

	check(run, line == c->n && (!m->qemu_rc || killed) && !vanished, "no panic");
	if (line < c->n) {
		diag("%s", c->line[line].text);
		if (!splat_of(run, "panic"))
			diag("no rule of category panic names it");
	}
	if (m->qemu_rc == 1)
		diag("QEMU ended with status 1: the guest's pvpanic device reported a panic");
	else if (m->qemu_rc && !killed)
		diag("QEMU ended with status %d", m->qemu_rc);
	if (vanished)
		diag("the guest ended without a panic, an end marker or a power-down: reset by a triple fault?");
	if (vanished || (line == c->n && m->qemu_rc && !killed))
		last_lines(c);
}

static void stacks(const struct console *c)
{
	size_t i = 0, n, last = c->n;

	while ((i = find_text(c, "Show Blocked State", i)) < c->n)
		last = i++;
	if (last == c->n) {
		last_lines(c);
		return;
	}
	for (n = 0; n < STACK_LINES && last + n < c->n; n++)
		diag("  %s", c->line[last + n].text);
}

void no_hang(struct run *run)
{
	static const struct { const char *category, *what; } kinds[] = {
		{ "hang", "hung task" },
		{ "lockup", "lockup" },
		{ "rcu", "RCU stall" },
	};
	const struct splat *s;
	bool ok = !run->meta.timed_out;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		ok &= !splat_of(run, kinds[i].category);
	check(run, ok, "no hang");
	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		s = splat_of(run, kinds[i].category);
		if (s)
			diag("%s: %s", kinds[i].what, s->title);
	}
	if (run->meta.timed_out) {
		diag("over the host's limit of time, killed");
		stacks(&run->console);
	}
}

/* The same fault again is a count, not another report */
static void fold_splats(struct console *c)
{
	size_t i, k;

	for (i = 0; i < c->n_splats; i++)
		for (k = 0; k < i; k++)
			if (c->splat[k].times && !strcmp(c->splat[k].title, c->splat[i].title) &&
			    !strcmp(c->splat[k].category, c->splat[i].category)) {
				c->splat[k].times++;
				c->splat[i].times = 0;
				break;
			}
}

static void print_splat(const struct console *c, const struct splat *s)
{
	size_t i;

	if (s->times > 1)
		diag("splat: %s: %s (%u times)", s->category, s->title, s->times);
	else
		diag("splat: %s: %s", s->category, s->title);
	if (s->n_fingers) {
		fputs("# fingerprint:", stdout);
		for (i = 0; i < s->n_fingers; i++)
			printf(" %s", s->finger[i]);
		putchar('\n');
	}
	if (s->known)
		diag("known: %s", s->known);
	else
		report_lines(c, s);
}

void console_clean(struct run *run)
{
	struct console *c = &run->console;
	/* a console that shows nothing proves nothing */
	bool seen = find_text(c, "Linux version ", 0) < c->n;
	/* nor does one that stops before the guest has */
	bool whole = !run->tap.ended || powered_off(c);
	/* without levels no error would be found */
	bool levels = !run->meta.levels || (seen && c->line[find_text(c, "Linux version ", 0)].level < NO_LEVEL);
	bool ok = seen && whole && levels && !c->n_unseen;
	size_t i, printed = 0, left = 0;

	for (i = 0; i < c->n_splats; i++)
		ok &= c->splat[i].known != NULL;
	check(run, ok, "console clean");
	if (!seen)
		diag(c->n ? "the console does not show the kernel's first lines" : "the console is empty");
	else if (!whole)
		diag("the console ends before the guest does: no power-down");
	else if (!levels)
		diag("the console does not show the levels of messages");
	for (i = 0; i < c->n_unseen; i++)
		diag("announced, but not seen: %s", c->unseen[i]);
	fold_splats(c);
	for (i = 0; i < c->n_splats; i++) {
		if (!c->splat[i].times)
			continue;
		if (printed++ < MAX_SPLATS)
			print_splat(c, &c->splat[i]);
		else
			left++;
	}
	if (left)
		diag("and %zu more", left);
}

void detectors(struct run *run)
{
	size_t i, k;

	for (i = 0; i < run->meta.n_detectors; i++) {
		char *on = xasprintf("%s on", run->meta.detector[i]);
		char *off = xasprintf("%s off", run->meta.detector[i]);
		bool said_on = false, said_off = false;

		for (k = 0; k < run->tap.n_detector_lines; k++) {
			said_on |= !strcmp(run->tap.detector_line[k], on);
			said_off |= !strcmp(run->tap.detector_line[k], off);
		}
		point(run, said_on && !said_off ? OK : NOT_OK, NULL, "detector %s", on);
		if (said_off)
			diag("it was off at the end of the run");
		else if (!said_on)
			diag("the guest said nothing about it");
		free(on);
		free(off);
	}
}

void complete(struct run *run)
{
	size_t i;

	check(run, !run->tap.n_why, "complete");
	for (i = 0; i < run->tap.n_why; i++)
		diag("%s", run->tap.why[i]);
}

/* The run was made to fail: is the fault called by its right name? */
void named(struct run *run)
{
	const struct console *c = &run->console;
	const char *first = NULL;
	size_t i, k;

	for (i = 0; i < c->n_splats && !first; i++)
		if (!c->splat[i].known)
			first = c->splat[i].category;
	/* a hang that the kernel did not notice is the host's to name */
	if (!first && run->meta.timed_out)
		first = HOST_TIMEOUT;
	point(run, first && !strcmp(first, run->meta.expect) ? OK : NOT_OK, NULL, "named %s", run->meta.expect);
	fputs("# categories found:", stdout);
	for (i = 0; i < c->n_splats; i++) {
		for (k = 0; k < i; k++)
			if (!c->splat[k].known && !strcmp(c->splat[k].category, c->splat[i].category))
				break;
		if (k == i && !c->splat[i].known)
			printf(" %s", c->splat[i].category);
	}
	if (run->meta.timed_out)
		fputs(" " HOST_TIMEOUT, stdout);
	else if (!first)
		fputs(" none", stdout);
	putchar('\n');
	for (i = 0; i < c->n_splats && i < MAX_SPLATS; i++)
		diag("%s: %s", c->splat[i].category, c->splat[i].title);
}
