// SPDX-License-Identifier: GPL-2.0-only
/* text.c - count steps in the output of a command, and say how far it is */
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	const char *noun;
} kinds[] = {
	[KIND_LINES] = { "lines", "files" },
	[KIND_KBUILD] = { "kbuild", "objects" },
	[KIND_NINJA] = { "ninja", "steps" },
	[KIND_PROVE] = { "prove", "tests" },
};

int kind_from(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].name, name))
			return i;
	return -1;
}

static void set_detail(struct progress *p, const char *text)
{
	snprintf(p->detail, sizeof(p->detail), "%.*s", (int)strcspn(text, "\r\n"), text);
}

/* Commands of kbuild whose output is one of the objects that are counted */
static int makes_object(const char *command)
{
	return !strncmp(command, "CC ", 3) || !strncmp(command, "AS ", 3) ||
	       !strncmp(command, "HOSTCC ", 7);
}

static void count_kbuild(struct progress *p, const char *line)
{
	const char *name = strrchr(line, ' ');

	if (strncmp(line, "  ", 2) || line[2] < 'A' || line[2] > 'Z')
		return;
	p->done += makes_object(line + 2);
	/* what links at the end takes long, too */
	if (name)
		set_detail(p, name + 1);
}

static void count_ninja(struct progress *p, const char *line)
{
	unsigned long done, total;

	if (sscanf(line, "[%lu/%lu]", &done, &total) != 2)
		return;
	p->done = done;
	p->total = total;
}

/* "[12:34:56] lint .. ok", where the dots end at a common column */
static void count_prove(struct progress *p, const char *line)
{
	p->done += line[0] == '[' && strstr(line, " ..");
}

void count_line(struct progress *p, const char *line)
{
	switch (p->kind) {
	case KIND_LINES:
		p->done++;
		break;
	case KIND_KBUILD:
		count_kbuild(p, line);
		break;
	case KIND_NINJA:
		count_ninja(p, line);
		break;
	case KIND_PROVE:
		count_prove(p, line);
		break;
	}
}

static int duration(char *text, size_t size, unsigned long seconds)
{
	if (seconds < 90)
		return snprintf(text, size, "%lu s", seconds);
	return snprintf(text, size, "%lu min", (seconds + 30) / 60);
}

int status_text(const struct progress *p, unsigned long seconds, char *text, size_t size)
{
	const char *noun = p->noun ? p->noun : kinds[p->kind].noun;
	char count[64] = "", left[64] = "", spent[32];
	int have_total = p->total && p->done <= p->total;

	duration(spent, sizeof(spent), seconds);
	if (have_total)
		snprintf(count, sizeof(count), ", %lu of %lu %s", p->done, p->total, noun);
	else if (p->done)
		snprintf(count, sizeof(count), ", %lu %s", p->done, noun);
	/* a tenth of the steps says something about the rest */
	if (have_total && p->kind != KIND_PROVE && p->done * 10 >= p->total && p->done < p->total) {
		strcpy(left, ", about ");
		duration(left + strlen(left), sizeof(left) - strlen(left),
			 seconds * (p->total - p->done) / p->done);
		strcat(left, " left");
	}
	return snprintf(text, size, "%s: %s%s%s%s%s", p->label, spent, count, left,
			p->detail[0] ? ": " : "", p->detail);
}
