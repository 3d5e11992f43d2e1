// SPDX-License-Identifier: GPL-2.0-only
/*
 * usage: judge -d DENY [-a ALLOW] [-k KNOWN] RUNDIR
 *        judge -d DENY -a ALLOW -e EXAMPLES
 *
 * Judges one run from the files it left in RUNDIR and prints TAP.  The points
 * about the run itself come first and are always the same ones, then each test
 * of the guest has a point.  A point is ok on positive evidence only.
 * With -e, checks that the rules of DENY and ALLOW classify the lines of EXAMPLES and that
 * none of the rules is idle.
 * Status: 0 all good, 1 a point failed, 2 no verdict possible.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "judge.h"

static char *in_dir(const char *dir, const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

int main(int argc, char **argv)
{
	const char *deny = NULL, *allow = NULL, *known = NULL, *examples = NULL, *dir;
	struct run run = { 0 };
	struct stat st;
	int opt;

	while ((opt = getopt(argc, argv, "d:a:e:k:")) != -1) {
		switch (opt) {
		case 'd':
			deny = optarg;
			break;
		case 'a':
			allow = optarg;
			break;
		case 'e':
			examples = optarg;
			break;
		case 'k':
			known = optarg;
			break;
		default:
			die("usage", "judge -d DENY [-a ALLOW] [-k KNOWN] RUNDIR");
		}
	}
	if (examples && deny && allow && optind == argc) {
		run.deny = read_deny(deny);
		run.allow = read_allow(allow);
		return check_examples(&run.deny, deny, &run.allow, allow, examples);
	}
	if (optind + 1 != argc || !deny)
		die("usage", "judge -d DENY [-a ALLOW] [-k KNOWN] RUNDIR");
	dir = argv[optind];
	if (stat(dir, &st) || !S_ISDIR(st.st_mode))
		die(dir, "no such run directory");

	run.deny = read_deny(deny);
	if (allow)
		run.allow = read_allow(allow);
	if (known)
		run.known = read_known(known);
	read_ours(&run.known, in_dir(dir, "ours"));
	run.meta = read_meta(in_dir(dir, "meta"));
	if (run.meta.expect && strcmp(run.meta.expect, HOST_TIMEOUT) && !has_category(&run.deny, run.meta.expect))
		die(deny, "no rule of category '%s', which the run expects", run.meta.expect);
	run.console = read_console(in_dir(dir, "console.log"));
	run.tap = read_tap(in_dir(dir, "tap"), &run.meta);
	find_splats(&run.console, &run.deny, &run.allow, &run.known, &run.meta);

	puts("TAP version 13");
	booted(&run);
	if (run.meta.expect) {
		named(&run);
	} else {
		no_panic(&run);
		no_hang(&run);
		console_clean(&run);
		detectors(&run);
		complete(&run);
		tests(&run);
	}
	printf("1..%u\n", run.points);
	if (fflush(stdout) || ferror(stdout))
		die("stdout", "cannot write");
	return run.failed ? 1 : 0;
}
