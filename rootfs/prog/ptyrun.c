// SPDX-License-Identifier: GPL-2.0-only
/*
 * ptyrun - run a command on a terminal of its own
 *
 * For programs that lose or repeat buffered lines when their output is no
 * terminal and they fork.  Carriage returns are dropped.
 */
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	char buf[4096];
	int fd, status;
	ssize_t n;
	pid_t pid;

	if (argc < 2) {
		fprintf(stderr, "usage: ptyrun COMMAND [ARGUMENT...]\n");
		return 2;
	}
	pid = forkpty(&fd, NULL, NULL, NULL);
	if (pid < 0) {
		perror("ptyrun: forkpty");
		return 2;
	}
	if (!pid) {
		execvp(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		ssize_t i, m = 0;

		for (i = 0; i < n; i++)
			if (buf[i] != '\r')
				buf[m++] = buf[i];
		if (write(1, buf, m) != m)
			return 2;
	}
	if (waitpid(pid, &status, 0) != pid)
		return 2;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
