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
 *
 * With -z the second contents are zeros, which the kernel does not store at all.
 * Once such pages are swapped out, zswap must hold nothing, and whatever the
 * shrinker of zswap does, every read must return zeros.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
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
#define HUGE (2UL << 20)

enum contents { PATTERN, RANDOM, HALF, ZEROS };

static unsigned char *mem;
static unsigned long pages;
static unsigned long folio = 1;	/* pages that are swapped out together */
static atomic_int reading, reclaiming, stop;
static atomic_ulong target;	/* the page that is being swapped out */
static atomic_ulong stored_before;	/* pages in zswap before that */

static void fill(unsigned long page, unsigned int generation, enum contents what)
{
	uint64_t *p = (uint64_t *)(mem + page * PAGE);
	uint64_t x = (page * 2654435761u + generation) | 1;
	unsigned int i, random = what == RANDOM ? PAGE / 8 : what == HALF ? PAGE / 16 : 0;

	if (what == ZEROS) {
		memset(p, 0, PAGE);
		return;
	}
	for (i = 0; i < PAGE / 8; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		p[i] = i < random ? x : generation;
	}
	p[0] = page;
	p[1] = generation;
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

static void *reader(void *arg)
{
	const char *count = arg;
	volatile unsigned char *p = mem;

	while (!atomic_load(&stop)) {
		unsigned long page = atomic_load(&target);

		if (!atomic_load(&reading)) {
			usleep(100);
			continue;
		}
		/*
		 * A page is touched all the time: the fault waits for the store, and
		 * keeps the page from being freed.  A large folio is unmapped for long
		 * before it is stored, and a fault in between would have reclaim leave
		 * it alone: wait until some of it is stored.
		 */
		if (folio == 1 || stored(count) > atomic_load(&stored_before)) {
			(void)p[page * PAGE];
			while (folio > 1 && atomic_load(&target) == page && atomic_load(&reading))
				sched_yield();
		}
	}
	return NULL;
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

static void map(void)
{
	unsigned char *p = mmap(NULL, pages * PAGE + HUGE, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED) {
		perror("zstale: mmap");
		exit(2);
	}
	mem = (unsigned char *)(((uintptr_t)p + HUGE - 1) & ~(HUGE - 1));
	/* a kernel without huge pages refuses, which is as good */
	madvise(mem, pages * PAGE, folio > 1 ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
}

/* Less than all pages take: asked for more than it can find, the kernel tries for seconds */
static void drop(const char *path, unsigned long bytes)
{
	int fd = open(path, O_WRONLY);
	char size[32];

	if (fd < 0) {
		fprintf(stderr, "zstale: %s: %s\n", path, strerror(errno));
		exit(2);
	}
	snprintf(size, sizeof(size), "%lu", bytes);
	if (write(fd, size, strlen(size)) < 0 && errno != EAGAIN)
		perror("zstale: reclaim");
	close(fd);
}

/* Fills all pages, and swaps them out while they are read */
static void store_while_read(unsigned int generation, enum contents what, const char *count)
{
	unsigned long i;

	for (i = 0; i < pages; i++)
		fill(i, generation, what);
	for (i = 0; i < pages; i += folio) {
		if (folio > 1)
			atomic_store(&stored_before, stored(count));
		atomic_store(&target, i);
		atomic_store(&reading, 1);
		madvise(mem + i * PAGE, folio * PAGE, MADV_PAGEOUT);
	}
	atomic_store(&reading, 0);
	usleep(2000);
}

/* How many pages are not zero */
static unsigned long not_zero(unsigned long round, const char *when)
{
	unsigned long i, j, n = 0;

	for (i = 0; i < pages; i++) {
		uint64_t *p = (uint64_t *)(mem + i * PAGE);

		for (j = 0; j < PAGE / 8 && !p[j]; j++)
			;
		if (j < PAGE / 8 && !n++)
			printf("WRONG DATA: page %lu round %lu, %s: %llx where zeros were written\n",
			       i, round, when, (unsigned long long)p[j]);
	}
	return n;
}

static void all_out(void)
{
	int tries;

	for (tries = 0; tries < 20; tries++) {
		madvise(mem, pages * PAGE, MADV_PAGEOUT);
		if (!mapped())
			return;
		/* some wait in the batches of a CPU for a place on the LRU: this drains them */
		set_param("/proc/sys/vm/drop_caches", "1");
		usleep(10000);
	}
	printf("%lu pages cannot be swapped out\n", mapped());
	exit(3);
}

/* Runs every shrinker, of zswap for one, several times: the first pass only ages */
static void shrink(const char *stat)
{
	char buf[8192];
	int i, fd;

	for (i = 0; i < 6; i++) {
		/* the shrinker goes by statistics that reading brings up to date */
		fd = open(stat, O_RDONLY);
		if (fd < 0 || read(fd, buf, sizeof(buf)) < 0) {
			fprintf(stderr, "zstale: %s: %s\n", stat, strerror(errno));
			exit(2);
		}
		close(fd);
		set_param("/proc/sys/vm/drop_caches", "2");
	}
}

static const char *reclaim;

static void *reclaimer(void *arg)
{
	(void)arg;
	while (atomic_load(&reclaiming))
		drop(reclaim, 64 << 10);
	return NULL;
}

/* The second contents are zeros */
static int zeros(unsigned long rounds, const char *count, const char *stat)
{
	unsigned long r, i, before, stale = 0, left = 0, wrong = 0;
	pthread_t t;

	before = stored(count);
	for (r = 0; r < rounds; r++) {
		store_while_read(2 * r + 1, HALF, count);
		for (i = 0; i < pages; i++)
			fill(i, 0, ZEROS);
		/* all pages are in memory: what zswap holds is the first contents */
		stale += stored(count) - before;
		all_out();
		left += stored(count) - before;
		/* zswap's shrinker alone, so that what it reads stays in the swap cache */
		shrink(stat);
		wrong += not_zero(r, "after the shrinker");
		/* the next pages are new ones, in large folios again */
		madvise(mem, pages * PAGE, MADV_DONTNEED);

		/* the same, with reclaim and the shrinker all the time */
		store_while_read(2 * r + 2, HALF, count);
		for (i = 0; i < pages; i++)
			fill(i, 0, ZEROS);
		stale += stored(count) - before;
		atomic_store(&reclaiming, 1);
		if (pthread_create(&t, NULL, reclaimer, NULL))
			exit(2);
		for (i = 0; i < 3; i++) {
			all_out();
			wrong += not_zero(r, "during reclaim");
		}
		atomic_store(&reclaiming, 0);
		pthread_join(t, NULL);
		madvise(mem, pages * PAGE, MADV_DONTNEED);
	}
	printf("rounds=%lu stale=%lu left=%lu wrong=%lu\n", rounds, stale, left, wrong);
	if (left || wrong)
		return 1;
	if (stale < 8) {
		printf("too few pages were in memory and in zswap for the test to mean anything\n");
		return 3;
	}
	return 0;
}

int main(int argc, char **argv)
{
	unsigned long mib = 8, rounds = 4, readers = 2, i, n, r, both = 0, wrong = 0;
	const char *param = NULL, *count = NULL, *zero_stat = NULL;
	pthread_t t[16];
	int c;

	while ((c = getopt(argc, argv, "m:n:j:p:s:r:f:z:")) != -1) {
		switch (c) {
		case 'f': folio = strtoul(optarg, NULL, 0) / 4; break;
		case 'm': mib = strtoul(optarg, NULL, 0); break;
		case 'n': rounds = strtoul(optarg, NULL, 0); break;
		case 'j': readers = strtoul(optarg, NULL, 0); break;
		case 'p': param = optarg; break;
		case 'r': reclaim = optarg; break;
		case 's': count = optarg; break;
		case 'z': zero_stat = optarg; break;
		default: param = NULL; optind = argc + 1;
		}
	}
	if (optind != argc || !param || !count || !reclaim || !mib || !rounds || !readers || readers > 16 ||
	    !folio || mib * 256 % folio) {
		fprintf(stderr, "usage: zstale -p ZSWAP_ENABLED_FILE -s STORED_PAGES_FILE\n"
			"       -r MEMORY_RECLAIM_FILE [-m MIB] [-n ROUNDS] [-j READERS]\n"
			"       [-f FOLIO_KIB] [-z MEMORY_STAT_FILE: the second contents are zeros]\n");
		return 2;
	}
	pages = mib * 256;
	map();
	for (i = 0; i < readers; i++)
		pthread_create(&t[i], NULL, reader, (void *)count);
	if (zero_stat)
		return zeros(rounds, count, zero_stat);
	for (r = 0; r < rounds; r++) {
		int off = r & 1;

		set_param(param, "Y");
		store_while_read(2 * r + 1, PATTERN, count);
		n = stored(count) + mapped();
		both += n > pages ? n - pages : 0;
		/* the second contents: does not compress, or zswap is off */
		if (off)
			set_param(param, "N");
		for (i = 0; i < pages; i++)
			fill(i, 2 * r + 2, off ? PATTERN : RANDOM);
		madvise(mem, pages * PAGE, MADV_PAGEOUT);
		/*
		 * What went to the disk is clean now, but still in the swap
		 * cache, where no swap entry points to a page for madvise.
		 */
		usleep(200000);
		drop(reclaim, pages * PAGE / 2);
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
