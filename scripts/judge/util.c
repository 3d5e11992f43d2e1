// SPDX-License-Identifier: GPL-2.0-only
/* Memory, messages and lines of text */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"

void die(const char *what, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "judge: %s: ", what);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

void *xrealloc(void *p, size_t size)
{
	p = realloc(p, size ? size : 1);
	if (!p)
		die("memory", "%s", strerror(ENOMEM));
	return p;
}

char *xstrndup(const char *s, size_t n)
{
	char *d = xrealloc(NULL, n + 1);

	memcpy(d, s, n);
	d[n] = '\0';
	return d;
}

char *xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

char *xvasprintf(const char *fmt, va_list ap)
{
	va_list again;
	char *s;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		die("format", "%s", strerror(errno));
	s = xrealloc(NULL, n + 1);
	vsnprintf(s, n + 1, fmt, ap);
	return s;
}

char *xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	return s;
}

/* NULL with errno set if it cannot be read */
static char *slurp(const char *path, size_t *len)
{
	FILE *f = fopen(path, "re");
	size_t size = 0, n;
	char *buf = NULL;
	int err;

	if (!f)
		return NULL;
	*len = 0;
	do {
		if (size - *len < 65536)
			buf = xrealloc(buf, size = 2 * size + 65536);
		n = fread(buf + *len, 1, size - *len, f);
		*len += n;
	} while (n);
	err = ferror(f) ? errno : 0;
	fclose(f);
	if (!err)
		return buf;
	free(buf);
	errno = err;
	return NULL;
}

static void add_line(struct file *f, const char *s, size_t n)
{
	GROW(f->line, f->n);
	f->line[f->n++] = xstrndup(s, n);
}

/* Past a terminal's control sequence, ESC [ parameters letter */
static size_t skip_escape(const char *s, size_t i, size_t len)
{
	if (i + 1 >= len || s[i + 1] != '[')
		return i;
	for (i += 2; i < len && s[i] >= 0x20 && s[i] < 0x40; i++)
		;
	/* a line end inside is none of ours to eat */
	return i < len && s[i] >= 0x40 ? i : i - 1;
}

/*
 * A serial line that is up while the guest dies delivers anything, so nothing
 * but printable ASCII leaves here: the output is valid wherever it is shown.
 */
struct file read_lines(const char *path, int flags)
{
	struct file f = { 0 };
	size_t len, i, n = 0;
	char *buf = slurp(path, &len), *out;

	if (!buf) {
		f.missing = true;
		return f;
	}
	out = xrealloc(NULL, len + 1);
	for (i = 0; i < len; i++) {
		unsigned char ch = buf[i];

		if (ch == '\n' || (ch == '\r' && flags & CR_ENDS_LINE)) {
			add_line(&f, out, n);
			n = 0;
		} else if (ch == 033) {
			i = skip_escape(buf, i, len);
		} else if (ch != '\0' && ch != '\r') {
			out[n++] = ch == '\t' || (ch >= ' ' && ch < 0x7f) ? ch : '?';
		}
	}
	f.cut = len && buf[len - 1] != '\n';
	if (n)
		add_line(&f, out, n);
	free(out);
	free(buf);
	return f;
}

/* Lines of a rule file; comments and empty lines become empty, so numbers stay right */
struct file read_rules(const char *path)
{
	struct file f = read_lines(path, 0);
	size_t i;

	if (f.missing)
		die(path, "%s", strerror(errno));
	if (f.cut)
		die(path, "the last line has no line end");
	for (i = 0; i < f.n; i++)
		if (f.line[i][0] == '#')
			f.line[i][0] = '\0';
	return f;
}

/* Cuts LINE at its tabs; the number of fields, more than MAX if there are more */
size_t split_tabs(char *line, char **field, size_t max)
{
	size_t n = 0;
	char *tab;

	for (;; line = tab + 1) {
		if (n < max)
			field[n] = line;
		n++;
		tab = strchr(line, '\t');
		if (!tab)
			return n;
		*tab = '\0';
	}
}

/* YYYY-MM-DD; two of them compare as strings do */
bool is_date(const char *s)
{
	static const char form[] = "dddd-dd-dd";
	size_t i;

	for (i = 0; form[i]; i++)
		if (form[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return false;
	return !s[i];
}
