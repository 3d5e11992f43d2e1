// SPDX-License-Identifier: GPL-2.0-only
/* TAP on standard output */
#include <stdio.h>
#include <stdlib.h>

#include "judge.h"

enum { LAST_LINES = 15 };

void diag(const char *fmt, ...)
{
	va_list ap;

	fputs("# ", stdout);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

/* A name may hold what TAP takes for a directive */
static void put_escaped(const char *s)
{
	for (; *s; s++) {
		if (*s == '#' || *s == '\\')
			putchar('\\');
		putchar(*s);
	}
}

void point(struct run *run, enum verdict v, const char *reason, const char *fmt, ...)
{
	va_list ap;
	char *name;

	va_start(ap, fmt);
	name = xvasprintf(fmt, ap);
	va_end(ap);
	printf("%s %u - ", v == OK || v == SKIPPED ? "ok" : "not ok", ++run->points);
	put_escaped(run->meta.suite);
	fputs(": ", stdout);
	put_escaped(name);
	if (v == TODO)
		printf(" # TODO known: %s", reason);
	else if (v == SKIPPED)
		printf(" # SKIP known: %s", reason);
	putchar('\n');
	run->failed += v == NOT_OK;
	free(name);
}

void check(struct run *run, bool ok, const char *name)
{
	point(run, ok ? OK : NOT_OK, NULL, "%s", name);
}

void last_lines(const struct console *c)
{
	size_t i = c->n > LAST_LINES ? c->n - LAST_LINES : 0;

	if (!c->n)
		diag("the console is empty");
	else
		diag("the console ends with:");
	for (; i < c->n; i++)
		diag("  %s", c->line[i].raw);
}
