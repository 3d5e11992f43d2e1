/* SPDX-License-Identifier: GPL-2.0-only */
/* judge: the files of one run in, TAP out */
#ifndef JUDGE_H
#define JUDGE_H

#include <regex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* util.c */
void die(const char *what, const char *fmt, ...)
	__attribute__((noreturn, format(printf, 2, 3)));
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *xvasprintf(const char *fmt, va_list ap);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Makes room for one more element of a growing array */
#define GROW(v, n) \
	((v) = ((n) & ((n) - 1)) ? (v) : xrealloc((v), ((n) ? 2 * (n) : 1) * sizeof(*(v))))

struct file {
	char **line;	/* without line ends, printable ASCII and tabs only */
	size_t n;
	bool missing;
	bool cut;	/* the last line has no line end */
};

enum { CR_ENDS_LINE = 1 };	/* a terminal's text; else CR is dropped */

struct file read_lines(const char *path, int flags);
struct file read_rules(const char *path);
size_t split_tabs(char *line, char **field, size_t max);
bool is_date(const char *s);

/* meta.c */
struct meta {
	char *base, *series, *config, *suite, *nonce, *expect;
	char *date;	/* of the run, YYYY-MM-DD, or NULL */
	char **detector;
	size_t n_detectors;
	char **topic;	/* of a kernel that has only these: "base", TOPIC, TOPIC/PATCH; else none */
	size_t n_topics;
	int qemu_rc;
	bool timed_out;
	bool levels;	/* the console shows the levels of printk */
};

struct meta read_meta(const char *path);

/* known.c */
enum kind { KIND_FAIL, KIND_SKIP, KIND_FLAKY, KIND_BASE_ONLY, KIND_SPLAT };

struct known {
	enum kind kind;
	char *config, *suite, *name, *reason;
	char *topic;	/* base-only: TOPIC or TOPIC/PATCH that fixes it, or NULL */
	size_t count;	/* flaky: attempts of a run that may fail */
	char *expires;	/* flaky: the last day, YYYY-MM-DD, on which they may */
};

struct known_table {
	struct known *v;
	size_t n;
	char **ours;	/* the functions that KCSAN's reports are about, sorted */
	size_t n_ours;
};

struct known_table read_known(const char *path);
void read_ours(struct known_table *t, const char *path);
const char *splat_reason(const struct known_table *t, const struct meta *m, const char *title);
const struct known *find_base_only(const struct known_table *t, const struct meta *m, const char *name);
const char *known_reason(const struct known_table *t, const struct meta *m,
			 enum kind kind, const char *name);
const struct known *find_known(const struct known_table *t, const struct meta *m,
			       enum kind kind, const char *name);

/* console.c */
enum { NO_LEVEL = 8 };	/* above all levels of printk */

struct rule {
	char *category;	/* NULL in the allow list */
	size_t number;	/* line of the file */
	int level;	/* of printk: concerns lines of this level and below */
	regex_t re;
	const char *text;	/* of an announcement: its expression */
	bool used;
};

struct rules {
	struct rule *v;
	size_t n;
};

struct rules read_deny(const char *path);
struct rules read_allow(const char *path);

struct con_line {
	char *raw;
	const char *text;	/* raw without level, timestamp and caller */
	int level;		/* of printk, or NO_LEVEL if the console does not show levels */
	bool user;		/* from /dev/kmsg, as far as the console shows it */
};

enum { FINGERS = 5 };

struct splat {
	const char *category, *title;
	const char *known;	/* reason, or NULL */
	size_t line, end;	/* its report: [line, end) */
	size_t last;		/* last line that a rule matched */
	unsigned int times;
	char *finger[FINGERS];
	size_t n_fingers;
};

struct console {
	struct con_line *line;
	size_t n;
	struct splat *splat;
	size_t n_splats;
	const char **unseen;	/* announced errors that did not come */
	size_t n_unseen;
};

struct rule *match(const struct rules *r, const struct con_line *line);
struct con_line parse_con_line(const char *s, size_t n);
struct console read_console(const char *path);
void find_splats(struct console *c, const struct rules *deny, const struct rules *allow,
		 const struct known_table *known, const struct meta *m);
bool has_category(const struct rules *deny, const char *category);
/* First line with S in it, or c->n */
size_t find_text(const struct console *c, const char *s, size_t from);

/* examples.c */
int check_examples(struct rules *deny, const char *deny_path, struct rules *allow,
		   const char *allow_path, const char *path);

/* ktap.c */
enum { NO_PARENT = -1 };

struct result {
	char *name, *reason;	/* reason: of a skip */
	long number;		/* -1: none given */
	size_t indent;
	int parent;
	bool ok, skip, leaf;
	bool bad_below;		/* a result below it is not ok */
	bool bad_plan;		/* results below it do not match their plan */
	size_t planned, got;
	char **diag;
	size_t n_diag;
};

struct tap {
	struct result *v;
	size_t n;
	char *why[8];		/* why it is not complete */
	size_t n_why;
	bool booted, other_boot, ended;
	char **detector_line;	/* "NAME on" */
	size_t n_detector_lines;
	char *unfinished;	/* name of the parent that never came */
};

struct tap read_tap(const char *path, const struct meta *m);
char *full_name(const struct tap *t, size_t i);

/* The whole of it */
/* The category that no console line has: killed by the host, nothing reported */
#define HOST_TIMEOUT "timeout"

struct run {
	struct meta meta;
	struct rules deny, allow;
	struct known_table known;
	struct console console;
	struct tap tap;
	unsigned int points, failed;
};

/* output.c */
enum verdict { OK, NOT_OK, TODO, SKIPPED };

void diag(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void point(struct run *run, enum verdict v, const char *reason, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void check(struct run *run, bool ok, const char *name);
void last_lines(const struct console *c);

/* points.c, tests.c */
void booted(struct run *run);
void no_panic(struct run *run);
void no_hang(struct run *run);
void console_clean(struct run *run);
void detectors(struct run *run);
void complete(struct run *run);
void named(struct run *run);
void tests(struct run *run);

#endif
