// SPDX-License-Identifier: GPL-2.0-only
/*
 * The guest's KTAP.  The depth of a line is its indentation; how many spaces
 * make a level differs between the programs that print it, so only "deeper
 * than" is ever asked.  Children stand before their parent's result.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "judge.h"

struct plan {
	size_t indent, count;
};

struct note {
	size_t indent;
	char *text;
};

struct parser {
	struct tap tap;
	const struct meta *meta;
	/* what the next result above it will claim */
	int *open;
	size_t n_open;
	struct plan *plan;
	size_t n_plans;
	struct note *note;
	size_t n_notes;

	char *last;		/* last line that is not empty */
	char *end_nonce;	/* of an end marker that is not this run's */
	char *bail, *disorder;
	size_t top_results, top_plans, top_count;
	bool last_is_end;
};

/* "1..N" with or without a directive */
static bool parse_plan(const char *s, size_t *count)
{
	size_t digits;

	if (strncmp(s, "1..", 3))
		return false;
	digits = strspn(s + 3, "0123456789");
	if (!digits || digits > 6 || (s[3 + digits] && s[3 + digits] != ' '))
		return false;
	*count = strtoul(s + 3, NULL, 10);
	return true;
}

static char *trim(char *s)
{
	size_t n;

	s += strspn(s, " \t");
	for (n = strlen(s); n && (s[n - 1] == ' ' || s[n - 1] == '\t'); n--)
		s[n - 1] = '\0';
	return s;
}

/* Where "# directive" begins, or NULL; a name may hold \# */
static char *find_directive(char *s)
{
	char *p;

	for (p = s; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '#' && (p == s || p[-1] == ' '))
			return p;
	}
	return NULL;
}

static void unescape(char *s)
{
	char *d = s;

	for (; *s; s++) {
		if (*s == '\\' && (s[1] == '#' || s[1] == '\\'))
			s++;
		*d++ = *s;
	}
	*d = '\0';
}

/* "ok 1 - name # SKIP reason" */
static bool parse_result(const char *s, struct result *r)
{
	char *text, *directive, *name;
	size_t digits;

	memset(r, 0, sizeof(*r));
	r->ok = !strncmp(s, "ok", 2);
	if (!r->ok && strncmp(s, "not ok", 6))
		return false;
	s += r->ok ? 2 : 6;
	if (*s && *s != ' ')
		return false;
	s += strspn(s, " ");
	r->number = -1;
	digits = strspn(s, "0123456789");
	if (digits && digits <= 6 && (!s[digits] || s[digits] == ' ')) {
		r->number = strtol(s, NULL, 10);
		s += digits + strspn(s + digits, " ");
	}
	if (*s == '-' && (!s[1] || s[1] == ' '))
		s++;

	text = xstrdup(s);
	directive = find_directive(text);
	if (directive) {
		*directive++ = '\0';
		directive = trim(directive);
		if (!strncasecmp(directive, "SKIP", 4)) {
			r->skip = true;
			directive += strcspn(directive, " ");
			r->reason = xstrdup(trim(directive));
		}
	}
	name = trim(text);
	if (!*name && r->skip && *r->reason) {
		/* kselftest.h puts the name behind the directive */
		name = r->reason;
		r->reason = xstrdup("");
	}
	r->name = *name ? xstrdup(name) : xasprintf("test %ld", r->number);
	unescape(r->name);
	free(text);
	r->parent = NO_PARENT;
	r->leaf = true;
	return true;
}

/* A result takes what stands deeper since the last one of its own level */
static void claim(struct parser *p, struct result *r, int self)
{
	size_t level = 0, i, n;

	while (p->n_open) {
		struct result *child = &p->tap.v[p->open[p->n_open - 1]];

		if (child->indent <= r->indent)
			break;
		child->parent = self;
		r->leaf = false;
		r->bad_below |= !child->ok || child->bad_below || child->bad_plan;
		p->n_open--;
	}
	while (p->n_plans && p->plan[p->n_plans - 1].indent > r->indent) {
		level = p->plan[p->n_plans - 1].indent;
		for (i = p->n_plans, n = 0; i && p->plan[i - 1].indent == level; i--)
			n += p->plan[i - 1].count;
		p->n_plans = i;
		r->planned = n;
		for (i = self, r->got = 0; i--; )
			if (p->tap.v[i].parent == self && p->tap.v[i].indent == level)
				r->got++;
		if (r->got != r->planned) {
			r->bad_plan = true;
			p->n_plans = 0;
		}
	}
	for (i = n = 0; i < p->n_notes; i++) {
		if (p->note[i].indent < r->indent) {
			p->note[n++] = p->note[i];
			continue;
		}
		GROW(r->diag, r->n_diag);
		r->diag[r->n_diag++] = p->note[i].text;
	}
	p->n_notes = n;
}

static void add_result(struct parser *p, struct result *r)
{
	int self = p->tap.n;

	claim(p, r, self);
	GROW(p->tap.v, p->tap.n);
	p->tap.v[p->tap.n++] = *r;
	GROW(p->open, p->n_open);
	p->open[p->n_open++] = self;
	if (r->indent)
		return;
	p->top_results++;
	if (r->number != (long)p->top_results && !p->disorder)
		p->disorder = r->number < 0 ?
			xasprintf("out of sequence: '%s' has no number where %zu was due", r->name, p->top_results) :
			xasprintf("out of sequence: number %ld where %zu was due", r->number, p->top_results);
}

static void add_note(struct parser *p, size_t indent, const char *text)
{
	GROW(p->note, p->n_notes);
	p->note[p->n_notes].indent = indent;
	p->note[p->n_notes++].text = xstrdup(text);
}

/* "3 s": how long the test above took */
static bool is_time(const char *s)
{
	size_t digits = strspn(s, "0123456789");

	return digits && !strcmp(s + digits, " s");
}

/* "# text": the lines that are ours, else a diagnostic */
static void parse_comment(struct parser *p, size_t indent, const char *line)
{
	const char *text = line + 1 + strspn(line + 1, " ");

	if (!indent && !strncmp(line, "# boot ", 7)) {
		if (!strcmp(line + 7, p->meta->nonce))
			p->tap.booted = true;
		else
			p->tap.other_boot = true;
	} else if (!indent && !strncmp(line, "# end ", 6)) {
		if (!strcmp(line + 6, p->meta->nonce)) {
			p->tap.ended = true;
			p->last_is_end = true;
		} else {
			p->end_nonce = xstrdup(line + 6);
		}
	} else if (!indent && !strncmp(line, "# detector ", 11)) {
		GROW(p->tap.detector_line, p->tap.n_detector_lines);
		p->tap.detector_line[p->tap.n_detector_lines++] = xstrdup(line + 11);
	} else if (!strncmp(text, "Subtest:", 8)) {
		free(p->tap.unfinished);
		p->tap.unfinished = xstrdup(text + 8 + strspn(text + 8, " "));
	} else if (!is_time(text)) {
		add_note(p, indent, text);
	}
}

static void parse_line(struct parser *p, const char *line)
{
	size_t indent = strspn(line, " "), count;
	struct result r;

	line += indent;
	if (!*line)
		return;
	free(p->last);
	p->last = xstrdup(line);
	p->last_is_end = false;
	if (*line == '#') {
		parse_comment(p, indent, line);
	} else if (!strncmp(line, "TAP version ", 12) || !strncmp(line, "KTAP version ", 13)) {
		return;
	} else if (!strncmp(line, "Bail out!", 9)) {
		if (!p->bail)
			p->bail = xstrdup(line);
		add_note(p, indent, line);
	} else if (parse_plan(line, &count)) {
		if (indent) {
			GROW(p->plan, p->n_plans);
			p->plan[p->n_plans++] = (struct plan) { indent, count };
		} else {
			p->top_plans++;
			p->top_count = count;
			/* what stands above the plan is about no test */
			p->n_notes = 0;
		}
	} else if (parse_result(line, &r)) {
		r.indent = indent;
		add_result(p, &r);
	} else {
		add_note(p, indent, line);
	}
}

static void incomplete(struct parser *p, char *why)
{
	if (p->tap.n_why < sizeof(p->tap.why) / sizeof(*p->tap.why))
		p->tap.why[p->tap.n_why++] = why;
}

static void check_complete(struct parser *p, const struct file *f)
{
	if (!p->last && !f->n) {
		incomplete(p, xstrdup("empty: nothing came from the guest"));
		return;
	}
	if (!p->top_plans)
		incomplete(p, xstrdup("missing plan"));
	else if (p->top_plans > 1)
		incomplete(p, xasprintf("%zu plans where one was due", p->top_plans));
	else if (!p->top_count)
		incomplete(p, xstrdup("empty plan: no test ran"));
	else if (p->top_results < p->top_count)
		incomplete(p, xasprintf("short: %zu of %zu results", p->top_results, p->top_count));
	else if (p->top_results > p->top_count)
		incomplete(p, xasprintf("too long: %zu results where %zu were planned",
					p->top_results, p->top_count));
	if (p->disorder)
		incomplete(p, p->disorder);
	if (p->bail)
		incomplete(p, xasprintf("bailed out: %s", p->bail));
	if (f->cut)
		incomplete(p, xasprintf("truncated: the last line is cut: %s", f->n ? f->line[f->n - 1] : ""));
	else if (p->tap.ended && !p->last_is_end)
		incomplete(p, xasprintf("output after the end marker: %s", p->last));
	else if (!p->tap.ended && p->end_nonce)
		incomplete(p, xasprintf("wrong nonce in the end marker: %s", p->end_nonce));
	else if (!p->tap.ended)
		incomplete(p, xasprintf("truncated: no end marker; the last line is: %s", p->last ? p->last : ""));
}

struct tap read_tap(const char *path, const struct meta *m)
{
	struct parser p = { .meta = m };
	struct file f = read_lines(path, 0);
	size_t i;

	if (f.missing && errno != ENOENT)
		die(path, "%s", strerror(errno));
	/* half a line is no evidence of anything */
	for (i = 0; i < f.n - (f.cut && f.n); i++)
		parse_line(&p, f.line[i]);
	check_complete(&p, &f);
	/* results whose parent never came: the test that the guest died in */
	for (i = 0; i < p.tap.n; i++)
		if (p.tap.v[i].indent && p.tap.v[i].parent == NO_PARENT && !p.tap.unfinished)
			p.tap.unfinished = xstrdup("(unfinished)");
	return p.tap;
}

char *full_name(const struct tap *t, size_t i)
{
	const struct result *r = &t->v[i];
	char *name = xstrdup(r->name), *up;

	for (; r->parent != NO_PARENT; r = &t->v[r->parent]) {
		up = xasprintf("%s / %s", t->v[r->parent].name, name);
		free(name);
		name = up;
	}
	if (r->indent) {
		up = xasprintf("%s / %s", t->unfinished, name);
		free(name);
		name = up;
	}
	return name;
}
