// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmaps - a processor reads a register while another one maps memory
 *
 * usage: zmaps RESOURCE CONFIG SECONDS
 *
 * The last processor reads the first register of the PCI function of RESOURCE (its
 * resource0), which is on; the first one turns the memory of the function of CONFIG on
 * and off.  What one maps must not lead the other's accesses elsewhere.  Status 1 if it
 * did, 2 if that could not be tried.
 */
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define COMMAND 4
#define COMMAND_MEMORY 2
#define BURST 32

static volatile uint32_t *reg;
static uint32_t want;
static atomic_int stop;
static unsigned long reads, wrong;

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static void run_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		die("sched_setaffinity");
}

static void *reader(void *unused)
{
	uint32_t got[BURST];

	run_on(sysconf(_SC_NPROCESSORS_ONLN) - 1);
	while (!stop) {
		/* without a branch: an emulator looks for news at branches */
#pragma GCC unroll 32
		for (int i = 0; i < BURST; i++)
			got[i] = *reg;
		for (int i = 0; i < BURST; i++)
			wrong += got[i] != want;
		reads += BURST;
	}
	return unused;
}

int main(int argc, char **argv)
{
	unsigned long changes = 0;
	uint16_t on, off;
	pthread_t thread;
	time_t end;
	int fd;

	if (argc != 4) {
		fprintf(stderr, "usage: zmaps RESOURCE CONFIG SECONDS\n");
		return 2;
	}
	fd = open(argv[1], O_RDWR | O_SYNC);
	if (fd < 0)
		die(argv[1]);
	reg = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	if (reg == MAP_FAILED)
		die(argv[1]);
	close(fd);
	fd = open(argv[2], O_RDWR);
	if (fd < 0 || pread(fd, &on, sizeof(on), COMMAND) != sizeof(on))
		die(argv[2]);
	off = on & ~COMMAND_MEMORY;
	on |= COMMAND_MEMORY;

	want = *reg;
	run_on(0);
	if (pthread_create(&thread, NULL, reader, NULL))
		die("pthread_create");
	for (end = time(NULL) + atoi(argv[3]); time(NULL) < end; changes += 2)
		if (pwrite(fd, &on, sizeof(on), COMMAND) != sizeof(on) ||
		    pwrite(fd, &off, sizeof(off), COMMAND) != sizeof(off))
			die(argv[2]);
	stop = 1;
	pthread_join(thread, NULL);
	printf("register=%#x reads=%lu changes=%lu wrong=%lu\n", want, reads, changes, wrong);
	if (want == 0xffffffff || reads < 1000 || changes < 100) {
		fprintf(stderr, "zmaps: too little was tried\n");
		return 2;
	}
	return wrong != 0;
}
