/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stddef.h>

/* What counts as a step in the output of a command */
enum kind {
	KIND_LINES,	/* each line */
	KIND_KBUILD,	/* "  CC      mm/zswap.o" */
	KIND_NINJA,	/* "[12/345] Compiling C object ...", which has the total */
	KIND_PROVE,	/* "t/lint.t .. ok" */
};

struct progress {
	const char *label;	/* what is being done */
	enum kind kind;
	const char *noun;	/* what is counted, plural */
	unsigned long done;
	unsigned long total;	/* 0: unknown */
	char detail[256];	/* last step, or what the status command says */
};

/* kind_from - the kind that is called @name, or -1 */
int kind_from(const char *name);

/* count_line - account for one line of output */
void count_line(struct progress *p, const char *line);

/*
 * status_text - one line about @p after @seconds
 *
 * The time left is that of the steps so far, and missing while few are done.
 * Return: the length of the text, as snprintf() has it.
 */
int status_text(const struct progress *p, unsigned long seconds, char *text, size_t size);

#endif
