// SPDX-License-Identifier: GPL-2.0-only
/*
 * zsections - sums up a trace of preempt_disable/enable or irq_disable/enable
 *
 * Reads the text of the trace buffer, taken with the clock x86-tsc on one
 * processor, and prints for every function that has begun such a section how
 * many there were and how long the longest was:
 *	FUNCTION COUNT LONGEST_IN_CYCLES FUNCTION_THAT_ENDED_IT
 * The function is the one that called the lock or the helper, where the event
 * knows it.  The time of interrupts and softirqs that have come in between does
 * not count, as far as their own events tell.  Status 1 when events were lost or
 * nothing was found.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME 64
#define MAX 4096

static struct section {
	char begun[NAME], ended[NAME];
	unsigned long count;
	uint64_t longest;
} sections[MAX];
static unsigned int nr;

/* Helpers that switch preemption or interrupts off for somebody else */
static int helper(const char *name)
{
	static const char * const prefixes[] = {
		"_raw_", "__raw_", "rt_", "__local_bh", "lock_", "kmap_", NULL
	};

	for (const char * const *p = prefixes; *p; p++)
		if (!strncmp(name, *p, strlen(*p)))
			return 1;
	return 0;
}

/* "caller=f+0x1/0x2 parent=g+0x3/0x4": the first that is no helper */
static int who(const char *line, char *name)
{
	static const char * const fields[] = { "caller=", "parent=", NULL };

	for (const char * const *f = fields; *f; f++) {
		const char *at = strstr(line, *f);

		if (!at || sscanf(at + strlen(*f), "%63[^+ \n]", name) != 1)
			return -1;
		if (!helper(name))
			return 0;
	}
	return 0;
}

static struct section *section_of(const char *begun)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		if (!strcmp(sections[i].begun, begun))
			return &sections[i];
	if (nr == MAX) {
		fprintf(stderr, "zsections: more than %d functions\n", MAX);
		exit(1);
	}
	snprintf(sections[nr].begun, NAME, "%s", begun);
	return &sections[nr++];
}

static int by_length(const void *a, const void *b)
{
	const struct section *x = a, *y = b;

	return (x->longest < y->longest) - (x->longest > y->longest);
}

int main(void)
{
	char line[1024], begun[NAME] = "", ended[NAME];
	uint64_t since = 0, entered = 0, elsewhere = 0;
	unsigned int depth = 0, i;

	while (fgets(line, sizeof(line), stdin)) {
		char *event = strstr(line, "_disable: ");
		enum { ON, OFF, ENTRY, EXIT } what = OFF;
		uint64_t now;
		char *at;

		if (strstr(line, "LOST")) {
			fprintf(stderr, "zsections: events were lost: %s", line);
			return 1;
		}
		if (!event && (event = strstr(line, "_enable: ")))
			what = ON;
		if (!event && (event = strstr(line, "_entry: ")))
			what = ENTRY;
		if (!event && (event = strstr(line, "_exit: ")))
			what = EXIT;
		if (!event)
			continue;
		/* "comm-pid [cpu] flags TIME: event: ..." */
		for (at = event; at > line && *at != ':'; at--)
			;
		while (at > line && at[-1] >= '0' && at[-1] <= '9')
			at--;
		now = strtoull(at, NULL, 10);
		switch (what) {
		case ENTRY:
			if (!depth++)
				entered = now;
			break;
		case EXIT:
			/* of one whose entry was before the trace began */
			if (depth && !--depth)
				elsewhere += now - entered;
			break;
		case OFF:
			/* one of an interrupt's own is part of that */
			if (depth)
				break;
			since = who(event, begun) ? 0 : now;
			elsewhere = 0;
			break;
		case ON:
			if (depth || !since)
				break;
			struct section *s = section_of(begun);
			uint64_t length = now - since - elsewhere;

			s->count++;
			if (length > s->longest && !who(event, ended)) {
				s->longest = length;
				snprintf(s->ended, NAME, "%s", ended);
			}
			since = 0;
			break;
		}
	}
	qsort(sections, nr, sizeof(*sections), by_length);
	for (i = 0; i < nr; i++)
		printf("%s %lu %" PRIu64 " %s\n", sections[i].begun, sections[i].count,
		       sections[i].longest, sections[i].ended);
	return !nr;
}
