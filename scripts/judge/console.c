// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's console: lines, and the reports ("splats") among them */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"

/* What run-suite and the tests write to /dev/kmsg */
#define TEST_STARTS "zmem: test "
#define EXPECTS "zmem: expects: "
#define ALLOWS "zmem: allows: "

/* "error:3" concerns lines of printk level 3 and below */
static void take_level(struct rule *rule, const char *path, size_t number)
{
	char *colon = rule->category ? strchr(rule->category, ':') : NULL;

	rule->level = NO_LEVEL;
	if (!colon)
		return;
	if (colon[1] < '0' || colon[1] > '7' || colon[2])
		die(path, "line %zu: the level of '%s' is not 0 to 7", number, rule->category);
	rule->level = colon[1] - '0';
	*colon = '\0';
}

static void add_rule(struct rules *r, const char *path, size_t number, char *category, const char *regex)
{
	struct rule *rule;
	char why[128];
	int err;

	/* unanchored rules hit what a test or a command line quotes */
	if (*regex != '^')
		die(path, "line %zu: the expression does not begin with ^", number);
	GROW(r->v, r->n);
	rule = &r->v[r->n++];
	rule->number = number;
	rule->category = category;
	take_level(rule, path, number);
	err = regcomp(&rule->re, regex, REG_EXTENDED | REG_NOSUB);
	if (err) {
		regerror(err, &rule->re, why, sizeof(why));
		die(path, "line %zu: %s", number, why);
	}
}

struct rules read_deny(const char *path)
{
	struct file f = read_rules(path);
	struct rules r = { 0 };
	char *field[2];
	size_t i;

	for (i = 0; i < f.n; i++) {
		if (!f.line[i][0])
			continue;
		if (split_tabs(f.line[i], field, 2) != 2 || !*field[0] || !*field[1])
			die(path, "line %zu: not CATEGORY and expression with a tab between", i + 1);
		add_rule(&r, path, i + 1, field[0], field[1]);
	}
	/* no rules would find every console clean */
	if (!r.n)
		die(path, "no rules in it");
	return r;
}

struct rules read_allow(const char *path)
{
	struct file f = read_rules(path);
	struct rules r = { 0 };
	char *field[2];
	size_t i;

	for (i = 0; i < f.n; i++) {
		if (!f.line[i][0])
			continue;
		if (split_tabs(f.line[i], field, 2) != 2 || !field[1][strspn(field[1], " ")])
			die(path, "line %zu: not expression and reason with a tab between", i + 1);
		add_rule(&r, path, i + 1, NULL, field[0]);
	}
	return r;
}

struct rule *match(const struct rules *r, const struct con_line *line)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (line->level <= r->v[i].level && !regexec(&r->v[i].re, line->text, 0, NULL, 0))
			return &r->v[i];
	return NULL;
}

bool has_category(const struct rules *deny, const char *category)
{
	size_t i;

	for (i = 0; i < deny->n; i++)
		if (!strcmp(deny->v[i].category, category))
			return true;
	return false;
}

/* Length of "[   12.345678]" at S, 0 if there is none */
static size_t stamp_length(const char *s)
{
	size_t n = 1, digits;

	if (*s != '[')
		return 0;
	n += strspn(s + n, " ");
	digits = strspn(s + n, "0123456789");
	n += digits;
	if (!digits || s[n] != '.' || strspn(s + n + 1, "0123456789") != 6 || s[n + 7] != ']')
		return 0;
	n += 8;
	return s[n] == ' ' || s[n] == '[' || !s[n] ? n : 0;
}

/* Length of "[T123]" or "[    C0]" at S, 0 if there is none */
static size_t caller_length(const char *s)
{
	size_t n = 1, digits;

	if (*s != '[')
		return 0;
	n += strspn(s + n, " ");
	if (s[n] != 'T' && s[n] != 'C')
		return 0;
	digits = strspn(s + n + 1, "0123456789");
	n += 1 + digits;
	return digits && s[n] == ']' ? n + 1 : 0;
}

/* Length of "<6>" at S (console_msg_format=syslog), 0 if there is none */
static size_t level_length(const char *s)
{
	size_t digits;

	if (*s != '<')
		return 0;
	digits = strspn(s + 1, "0123456789");
	return digits && digits < 4 && s[1 + digits] == '>' ? digits + 2 : 0;
}

/* Where a message of the kernel begins: its level and time stamp, or its time stamp */
static size_t head_length(const char *s)
{
	size_t level = level_length(s), stamp = stamp_length(s + level);

	return stamp ? level + stamp : 0;
}

static const char *strip(const char *s)
{
	size_t n;

	s += level_length(s);
	n = stamp_length(s);
	if (!n)
		return s;
	s += n;
	s += *s == ' ' && caller_length(s + 1) ? 1 : 0;
	s += caller_length(s);
	return *s == ' ' ? s + 1 : s;
}

struct con_line parse_con_line(const char *s, size_t n)
{
	struct con_line line = { .raw = xstrndup(s, n), .level = NO_LEVEL, .user = true };

	line.text = strip(line.raw);
	if (level_length(line.raw)) {
		/* a level of 0 to 7, plus 8 for what user space has written to /dev/kmsg */
		line.level = strtol(line.raw + 1, NULL, 10);
		line.user = line.level > 7;
		line.level %= 8;
	}
	return line;
}

static void add_con_line(struct console *c, const char *s, size_t n)
{
	GROW(c->line, c->n);
	c->line[c->n++] = parse_con_line(s, n);
}

/* Text that a process left without a line end stands before the kernel's */
static void add_con_lines(struct console *c, const char *s)
{
	size_t n = 0, head = head_length(s);

	for (; s[n]; n++) {
		/* not at the stamp that a level precedes */
		if (n > head && head_length(s + n)) {
			add_con_line(c, s, n);
			s += n;
			n = 0;
			head = head_length(s);
		}
	}
	if (n)
		add_con_line(c, s, n);
}

struct console read_console(const char *path)
{
	struct file f = read_lines(path, CR_ENDS_LINE);
	struct console c = { 0 };
	size_t i;

	if (f.missing && errno != ENOENT)
		die(path, "%s", strerror(errno));
	for (i = 0; i < f.n; i++)
		add_con_lines(&c, f.line[i]);
	return c;
}

size_t find_text(const struct console *c, const char *s, size_t from)
{
	for (; from < c->n; from++)
		if (strstr(c->line[from].text, s))
			break;
	return from;
}

/* What every report goes through says nothing about the fault */
static bool is_machinery(const char *name)
{
	static const char * const names[] = {
		"__dump_stack", "dump_stack", "dump_stack_lvl", "show_stack", "print_report",
		"print_address_description", "kasan_report", "kasan_check_range",
		"print_circular_bug", "check_noncircular", "print_usage_bug", "mark_lock",
		"mark_usage", "__lock_acquire", "lock_acquire", "__might_resched", "__schedule_bug",
		"panic", "vpanic", "check_panic_on_warn", "__warn", "report_bug", "handle_bug",
		"nmi_cpu_backtrace", "nmi_trigger_cpumask_backtrace", "rcu_dump_cpu_stacks",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return !strncmp(name, "exc_", 4) || !strncmp(name, "asm_exc_", 8) ||
	       !strncmp(name, "__asan_", 7) || !strncmp(name, "__tsan_", 7);
}

/* Length of the function's name if S is a stack entry, "name+0x12/0x34" */
static size_t frame_length(const char *s)
{
	size_t n = 0, hex;

	while (isalnum((unsigned char)s[n]) || s[n] == '_' || s[n] == '.')
		n++;
	if (!n || strncmp(s + n, "+0x", 3))
		return 0;
	hex = strspn(s + n + 3, "0123456789abcdef");
	return hex && !strncmp(s + n + 3 + hex, "/0x", 3) ? n : 0;
}

static void add_finger(struct splat *s, const char *name, size_t len)
{
	char *copy = xstrndup(name, len);

	if (!len || s->n_fingers == FINGERS || is_machinery(copy))
		free(copy);
	else
		s->finger[s->n_fingers++] = copy;
}

/* Of a trap the faulting function stands above its call trace, not in it */
static void take_ip(const struct console *c, struct splat *s, size_t trace)
{
	size_t i;

	for (i = s->line; i < trace; i++) {
		const char *text = c->line[i].text;

		if (!strncmp(text, "RIP: 0010:", 10) || !strncmp(text, "EIP: ", 5)) {
			text += *text == 'R' ? 10 : 5;
			add_finger(s, text, frame_length(text));
			return;
		}
	}
}

static void take_fingers(const struct console *c, struct splat *s)
{
	/* lockdep shows older stacks before its own; KCSAN prints no heading at all */
	size_t i = strcmp(s->category, "kcsan") ? find_text(c, "Call Trace:", s->line) : s->line;

	if (i >= s->end)
		i = s->line;
	else
		take_ip(c, s, i);
	for (; i < s->end && s->n_fingers < FINGERS; i++) {
		const char *text = c->line[i].text + strspn(c->line[i].text, " ");
		size_t len = frame_length(text);

		if (len)
			add_finger(s, text, len);
		else if (s->n_fingers && (!strncmp(text, "RIP:", 4) || !strncmp(text, "</TASK>", 7)))
			break;
	}
}

static bool is_generic(const char *category)
{
	return !strcmp(category, "warn") || !strcmp(category, "bug") ||
	       !strcmp(category, "oops") || !strcmp(category, "panic");
}

/*
 * Is line I of category CATEGORY part of report P and not one of its own?
 * A known report takes in nothing but its own two head lines: whatever else
 * follows it closely must still count.
 */
static bool belongs(struct splat *p, size_t i, const char *category, const char *title, size_t cut)
{
	bool warn = !strcmp(category, "warn");

	/* WARN() prints its message between the cut and "WARNING:" */
	if (warn && !is_generic(p->category) && cut < p->last && i - p->last <= 3)
		return true;
	/* warn_slowpath_fmt() prints it after that line */
	if (!strcmp(p->category, "warn") && !is_generic(category) && i - p->line <= 2) {
		p->category = category;
		p->title = title;
		return true;
	}
	return !p->known && !strcmp(p->category, category) && i - p->line <= 6;
}

enum { REPORT_LINES = 200 };

static size_t report_end(const struct console *c, size_t line, size_t limit)
{
	size_t i;

	if (limit > line + REPORT_LINES)
		limit = line + REPORT_LINES;
	for (i = line + 1; i < limit; i++) {
		const char *text = c->line[i].text;

		if (!strncmp(text, "---[ end ", 9) || !strncmp(text, "==========", 10) ||
		    !strncmp(text, "reboot: ", 8) || strstr(text, "[ cut here ]"))
			break;
	}
	return i;
}

/*
 * "zmem: expects: EXPRESSION", which a test writes to /dev/kmsg, announces errors of the kernel
 * (category "error") until the test ends; "allows" announces some that need not come.
 */
static bool is_announcement(const struct con_line *line)
{
	return line->user && (!strncmp(line->text, EXPECTS, strlen(EXPECTS)) ||
			      !strncmp(line->text, ALLOWS, strlen(ALLOWS)));
}

/* An announcement that cannot be used is an error */
static bool take_announcement(struct rules *announced, const struct con_line *line)
{
	bool must = !strncmp(line->text, EXPECTS, strlen(EXPECTS));
	const char *regex = line->text + strlen(must ? EXPECTS : ALLOWS);
	struct rule rule = { .level = NO_LEVEL, .category = "error", .used = !must };

	if (*regex != '^' || regcomp(&rule.re, regex, REG_EXTENDED | REG_NOSUB))
		return false;
	rule.text = regex;
	GROW(announced->v, announced->n);
	announced->v[announced->n++] = rule;
	return true;
}

/* The test has ended: what it announced must have come */
static void end_announcements(struct console *c, struct rules *announced)
{
	size_t i;

	for (i = 0; i < announced->n; i++) {
		if (!announced->v[i].used) {
			GROW(c->unseen, c->n_unseen);
			c->unseen[c->n_unseen++] = announced->v[i].text;
		}
		regfree(&announced->v[i].re);
	}
	announced->n = 0;
}

static bool is_expected(struct rules *announced, const struct rule *rule, const struct con_line *line)
{
	struct rule *a = strcmp(rule->category, "error") ? NULL : match(announced, line);

	if (a)
		a->used = true;
	return a;
}

void find_splats(struct console *c, const struct rules *deny, const struct rules *allow,
		 const struct known_table *known, const struct meta *m)
{
	static const struct rule misused = { .category = "error" };
	struct rules announced = { 0 };
	size_t cut = c->n, i;

	for (i = 0; i < c->n; i++) {
		const char *text = c->line[i].text;
		const struct rule *rule;
		struct splat *p = c->n_splats ? &c->splat[c->n_splats - 1] : NULL;

		if (strstr(text, "[ cut here ]")) {
			cut = i;
			continue;
		}
		rule = match(deny, &c->line[i]);
		if (c->line[i].user && !strncmp(text, TEST_STARTS, strlen(TEST_STARTS)))
			end_announcements(c, &announced);
		if (is_announcement(&c->line[i]) && !take_announcement(&announced, &c->line[i]))
			rule = &misused;
		if (!rule || match(allow, &c->line[i]) || is_expected(&announced, rule, &c->line[i]))
			continue;
		if (!p || !belongs(p, i, rule->category, text, cut)) {
			GROW(c->splat, c->n_splats);
			p = &c->splat[c->n_splats++];
			*p = (struct splat) {
				.category = rule->category, .title = text, .line = i, .times = 1,
			};
		}
		p->last = i;
		p->known = splat_reason(known, m, p->title);
	}
	end_announcements(c, &announced);
	for (i = 0; i < c->n_splats; i++) {
		struct splat *s = &c->splat[i];
		size_t next = i + 1 < c->n_splats ? c->splat[i + 1].line : c->n;

		s->end = report_end(c, s->line, next);
		take_fingers(c, s);
	}
}
