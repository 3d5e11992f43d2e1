// SPDX-License-Identifier: GPL-2.0-only
/*
 * progress - run a command and say how far it is
 *
 * A terminal shows one line that changes, everything else gets a line a minute,
 * and nothing is shown of a command that takes less than five seconds.  With
 * PROGRESS_DIR=DIR the line goes to a file in DIR, for the run that this one is
 * a part of.
 */
#include "progress.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define QUIET_SECONDS	5
#define REFRESH_MS	1000

static struct {
	FILE *log;		/* the command's output; NULL: passed on */
	const char *status;	/* shell command that prints the detail */
	int both;		/* pass standard error on, too */
	int live;		/* is a line on the terminal? */
	int terminal;
	unsigned long every;	/* seconds between lines elsewhere */
	unsigned long next;	/* when the next one is due */
	unsigned long asked;	/* when the status command ran last */
	char file[512];		/* in PROGRESS_DIR, or "" */
	char new_file[512];
} out = { .every = 60 };

static volatile sig_atomic_t child;

static void usage(void)
{
	fprintf(stderr,
		"usage: progress [-l LOG] [-k lines|kbuild|ninja|prove] [-n TOTAL] [-w NOUN]\n"
		"                [-b] [-s STATUS_COMMAND] LABEL COMMAND [ARGUMENT...]\n"
		"Without -l the command's standard output is passed on; -b: its standard error\n"
		"there, too.\n");
	exit(2);
}

static unsigned long now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

static void clear_line(void)
{
	if (out.live)
		fputs("\r\033[K", stderr);
	out.live = 0;
}

/* The command would go on, and its parts with it */
static void on_signal(int sig)
{
	if (out.live && write(2, "\r\033[K", 4) < 0)
		_exit(1);
	if (out.file[0])
		unlink(out.file);
	if (child > 0)
		kill(child, sig);
	signal(sig, SIG_DFL);
	raise(sig);
}

/* Replace the detail by the first line that the status command prints */
static void ask_status(struct progress *p, unsigned long seconds)
{
	char line[sizeof(p->detail)];
	FILE *f;

	if (out.asked && seconds < out.asked + 3)
		return;
	out.asked = seconds;
	f = popen(out.status, "r");
	if (!f)
		return;
	if (fgets(line, sizeof(line), f))
		snprintf(p->detail, sizeof(p->detail), "%.*s", (int)strcspn(line, "\n"), line);
	pclose(f);
}

/* As a whole: the reader would see parts of two lines */
static void write_file(const char *text)
{
	FILE *f = fopen(out.new_file, "w");

	if (!f)
		return;
	fprintf(f, "%s\n", text);
	if (!fclose(f))
		rename(out.new_file, out.file);
}

static void show(struct progress *p, unsigned long seconds)
{
	struct winsize size = { .ws_col = 80 };
	int due = seconds >= out.next;
	char text[512];

	if (seconds < QUIET_SECONDS && out.every >= QUIET_SECONDS)
		return;
	if (!out.terminal && !out.file[0] && !due)
		return;
	if (out.status)
		ask_status(p, seconds);
	status_text(p, seconds, text, sizeof(text));
	if (out.file[0]) {
		write_file(text);
	} else if (out.terminal) {
		ioctl(2, TIOCGWINSZ, &size);
		fprintf(stderr, "\r%.*s\033[K", size.ws_col ? size.ws_col - 1 : 79, text);
		out.live = 1;
	} else {
		fprintf(stderr, "%s\n", text);
		out.next = seconds + out.every;
	}
}

static void take_line(struct progress *p, const char *line)
{
	count_line(p, line);
	if (out.log) {
		fputs(line, out.log);
		return;
	}
	clear_line();
	fputs(line, stdout);
	fflush(stdout);
}

/* Read what is there; returns 0 at the end.  Lines may be cut where the buffer ends */
static int take_output(struct progress *p, int fd)
{
	static char line[4096];
	static size_t len;
	char buf[4096];
	ssize_t n = read(fd, buf, sizeof(buf)), i;

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return 1;
	for (i = 0; i < n; i++) {
		line[len++] = buf[i];
		if (buf[i] == '\n' || len == sizeof(line) - 1) {
			line[len] = 0;
			take_line(p, line);
			len = 0;
		}
	}
	if (n <= 0 && len) {
		line[len] = 0;
		take_line(p, line);
	}
	return n > 0;
}

static int start(char **argv, pid_t *pid)
{
	int fds[2];

	if (pipe(fds)) {
		perror("progress: pipe");
		exit(2);
	}
	*pid = fork();
	if (*pid < 0) {
		perror("progress: fork");
		exit(2);
	}
	if (!*pid) {
		dup2(fds[1], 1);
		if (out.log || out.both)
			dup2(fds[1], 2);
		close(fds[0]);
		close(fds[1]);
		execvp(argv[0], argv);
		fprintf(stderr, "progress: %s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	close(fds[1]);
	return fds[0];
}

static void set_up_output(void)
{
	const char *dir = getenv("PROGRESS_DIR"), *every = getenv("PROGRESS_EVERY");

	if (every && atol(every) > 0)
		out.every = atol(every);
	out.next = out.every;
	out.terminal = isatty(2);
	if (dir && *dir) {
		snprintf(out.file, sizeof(out.file), "%s/%d", dir, (int)getpid());
		snprintf(out.new_file, sizeof(out.new_file), "%s/.%d", dir, (int)getpid());
	}
}

int main(int argc, char **argv)
{
	struct progress p = { .kind = KIND_LINES };
	unsigned long started = now();
	int c, fd, status = 0, open = 1;
	pid_t pid;

	while ((c = getopt(argc, argv, "+l:k:n:w:s:b")) != -1) {
		switch (c) {
		case 'l':
			out.log = fopen(optarg, "a");
			if (!out.log) {
				fprintf(stderr, "progress: %s: %s\n", optarg, strerror(errno));
				return 2;
			}
			break;
		case 'k':
			if (kind_from(optarg) < 0)
				usage();
			p.kind = kind_from(optarg);
			break;
		case 'n': p.total = strtoul(optarg, NULL, 10); break;
		case 'w': p.noun = optarg; break;
		case 'b': out.both = 1; break;
		case 's': out.status = optarg; break;
		default: usage();
		}
	}
	if (argc - optind < 2)
		usage();
	p.label = argv[optind];
	set_up_output();
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	fd = start(argv + optind + 1, &pid);
	child = pid;
	while (open) {
		struct pollfd pfd = { .fd = fd, .events = POLLIN };
		int ready = poll(&pfd, 1, REFRESH_MS);
		static unsigned long last = -1UL;
		unsigned long seconds = now() - started;

		if (ready > 0)
			open = take_output(&p, fd);
		if (seconds != last)
			show(&p, seconds);
		last = seconds;
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	clear_line();
	if (out.file[0])
		unlink(out.file);
	if (out.log && fclose(out.log)) {
		perror("progress: log");
		return 2;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
