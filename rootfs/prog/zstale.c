// SPDX-License-Identifier: GPL-2.0-only
/*
 * zstale - store pages twice at one place of the swap area
 *
 * A reader that faults on a page while it is being stored keeps it in memory
 * and in the swap cache, with a compressed copy behind it.  Such pages are then
 * written with data that does not compress, or with zswap switched off, and
 * swapped out again; what comes back must be the second contents.  A page that
 * was swapped in after its store has no copy any more and proves nothing, so
 * pages in both states are counted: zswap holds more than are out of memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif
#define PAGE 4096UL

static unsigned char *mem;
static unsigned long pages;
static atomic_int reading, stop;
static atomic_ulong target;	/* the page that is being swapped out */

static void fill(unsigned long page, unsigned int generation, int random)
{
	uint64_t *p = (uint64_t *)(mem + page * PAGE);
	uint64_t x = (page * 2654435761u + generation) | 1;
	unsigned int i;

	for (i = 0; i < PAGE / 8; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		p[i] = random ? x : generation;
	}
	p[0] = page;
	p[1] = generation;
}

static void *reader(void *arg)
{
	volatile unsigned char *p = mem;

	(void)arg;
	while (!atomic_load(&stop)) {
		if (!atomic_load(&reading)) {
			usleep(100);
			continue;
		}
		/* the fault waits for the store, and keeps the page from being freed */
		(void)p[atomic_load(&target) * PAGE];
	}
	return NULL;
}

/* How many pages are mapped: at rest, the others have a copy in zswap */
static unsigned long mapped(void)
{
	int map = open("/proc/self/pagemap", O_RDONLY);
	unsigned long i, n = 0;

	for (i = 0; i < pages; i++) {
		uint64_t e;

		if (pread(map, &e, 8, ((uintptr_t)mem / PAGE + i) * 8) != 8) {
			perror("zstale: pagemap");
			exit(2);
		}
		n += e >> 63;
	}
	close(map);
	return n;
}

/* Pages that zswap holds */
static unsigned long stored(const char *path)
{
	FILE *f = fopen(path, "r");
	unsigned long n;

	if (!f || fscanf(f, "%lu", &n) != 1) {
		fprintf(stderr, "zstale: %s: %s\n", path, strerror(errno));
		exit(2);
	}
	fclose(f);
	return n;
}

static void set_param(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, value, strlen(value)) < 0) {
		fprintf(stderr, "zstale: %s: %s\n", path, strerror(errno));
		exit(2);
	}
	close(fd);
}

/*
 * Reclaims half of what the pages take.  Not all: asked for more than it can
 * find, the kernel tries for seconds.
 */
static void drop(const char *path)
{
	int fd = open(path, O_WRONLY);
	char size[32];

	if (fd < 0) {
		fprintf(stderr, "zstale: %s: %s\n", path, strerror(errno));
		exit(2);
	}
	snprintf(size, sizeof(size), "%lu", pages * PAGE / 2);
	if (write(fd, size, strlen(size)) < 0 && errno != EAGAIN)
		perror("zstale: reclaim");
	close(fd);
}

int main(int argc, char **argv)
{
	unsigned long mib = 8, rounds = 4, readers = 2, i, n, r, both = 0, wrong = 0;
	const char *param = NULL, *count = NULL, *reclaim = NULL;
	pthread_t t[16];
	int c;

	while ((c = getopt(argc, argv, "m:n:j:p:s:r:")) != -1) {
		switch (c) {
		case 'm': mib = strtoul(optarg, NULL, 0); break;
		case 'n': rounds = strtoul(optarg, NULL, 0); break;
		case 'j': readers = strtoul(optarg, NULL, 0); break;
		case 'p': param = optarg; break;
		case 'r': reclaim = optarg; break;
		case 's': count = optarg; break;
		default: param = NULL; optind = argc + 1;
		}
	}
	if (optind != argc || !param || !count || !reclaim || !mib || !rounds || !readers || readers > 16) {
		fprintf(stderr, "usage: zstale -p ZSWAP_ENABLED_FILE -s STORED_PAGES_FILE\n"
			"       -r MEMORY_RECLAIM_FILE [-m MIB] [-n ROUNDS] [-j READERS]\n");
		return 2;
	}
	pages = mib * 256;
	mem = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (mem == MAP_FAILED) {
		perror("zstale: mmap");
		return 2;
	}
	/* a kernel without huge pages refuses, which is as good */
	madvise(mem, pages * PAGE, MADV_NOHUGEPAGE);
	for (i = 0; i < readers; i++)
		pthread_create(&t[i], NULL, reader, NULL);
	for (r = 0; r < rounds; r++) {
		int off = r & 1;

		set_param(param, "Y");
		for (i = 0; i < pages; i++)
			fill(i, 2 * r + 1, 0);
		atomic_store(&reading, 1);
		for (i = 0; i < pages; i++) {
			atomic_store(&target, i);
			madvise(mem + i * PAGE, PAGE, MADV_PAGEOUT);
		}
		atomic_store(&reading, 0);
		usleep(2000);
		n = stored(count) + mapped();
		both += n > pages ? n - pages : 0;
		/* the second contents: does not compress, or zswap is off */
		if (off)
			set_param(param, "N");
		for (i = 0; i < pages; i++)
			fill(i, 2 * r + 2, !off);
		madvise(mem, pages * PAGE, MADV_PAGEOUT);
		/*
		 * What went to the disk is clean now, but still in the swap
		 * cache, where no swap entry points to a page for madvise.
		 */
		usleep(200000);
		drop(reclaim);
		for (i = 0; i < pages; i++) {
			uint64_t *p = (uint64_t *)(mem + i * PAGE);

			if (p[0] == i && p[1] == 2 * r + 2)
				continue;
			if (!wrong++)
				printf("WRONG DATA: page %lu round %lu: generation %llu, want %lu\n",
				       i, r, (unsigned long long)p[1], 2 * r + 2);
		}
	}
	atomic_store(&stop, 1);
	for (i = 0; i < readers; i++)
		pthread_join(t[i], NULL);
	set_param(param, "Y");
	printf("rounds=%lu in_memory_and_stored=%lu wrong=%lu\n", rounds, both, wrong);
	if (wrong)
		return 1;
	if (both < 8) {
		printf("too few pages were in memory and in zswap for the test to mean anything\n");
		return 3;
	}
	return 0;
}
