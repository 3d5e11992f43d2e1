// SPDX-License-Identifier: GPL-2.0-only
/*
 * zpages - memory with known contents, swapped out and read back
 *
 * Every page is a function of (seed, page, generation), so each byte that
 * comes back from swap can be checked without a second copy.  One line of
 * figures per run; status 1 when a byte differs, 2 on wrong use or a failed
 * system call, 3 when less was swapped out than asked for.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mix64.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define PAGE 4096UL
#define HUGE (2UL << 20)

enum data { TEXT, RANDOM, ZERO, SAME, HALF, MIX };
static const char * const data_names[] = { "text", "random", "zero", "same", "half", "mix" };
enum kind { ANON, SHMEM, FORK };
static const char * const kind_names[] = { "anon", "shmem", "fork" };

static struct {
	unsigned long mib, rounds, seconds, threads, folio_kib, min_percent, stride;
	uint64_t seed;
	enum data data;
	enum kind kind;
	const char *hold, *filled, *prefetched, *touched;

} opt = { .mib = 32, .rounds = 1, .threads = 1, .stride = 1, .folio_kib = 4, .seed = 1, .data = MIX };

struct worker {
	pthread_t thread;
	unsigned long nr, pages, swapped, rounds;
	uint64_t out_ns, in_ns;
	int failed;
};

static void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "zpages: ");
	vfprintf(stderr, fmt, ap);
	fprintf(stderr, "\n");
	va_end(ap);
	exit(2);
}

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

/* About 2.5 : 1 with lz4: small integers and pointers that recur in a page */
static void fill_text(uint64_t *p, uint64_t key, unsigned long words)
{
	uint64_t table[32], r = mix64(key);
	unsigned long i;

	for (i = 0; i < 32; i++)
		table[i] = 0xffff888000000000ULL | (mix64(key + i + 1) & 0xfffffff8ULL);
	for (i = 0; i < words; i++) {
		r = r * 6364136223846793005ULL + 1442695040888963407ULL;
		if (r >> 63)
			p[i] = table[(r >> 40) & 31];
		else
			p[i] = (r >> 50) & 0xff;
	}
}

static void fill_random(uint64_t *p, uint64_t key, unsigned long words)
{
	uint64_t x = mix64(key) | 1;
	unsigned long i;

	for (i = 0; i < words; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		p[i] = x;
	}
}

static void page_contents(uint64_t *p, uint64_t page, uint64_t generation)
{
	static const enum data mix[8] = { TEXT, TEXT, HALF, TEXT, ZERO, TEXT, RANDOM, SAME };
	uint64_t key = mix64(opt.seed ^ mix64(page ^ mix64(generation)));
	const unsigned long words = PAGE / sizeof(*p);
	enum data data = opt.data == MIX ? mix[page & 7] : opt.data;
	unsigned long i;

	switch (data) {
	case ZERO:
		memset(p, 0, PAGE);
		return;
	case SAME:
		for (i = 0; i < words; i++)
			p[i] = key;
		return;
	case RANDOM:
		fill_random(p, key, words);
		return;
	case HALF:
		fill_random(p, key, words / 2);
		fill_text(p + words / 2, key, words / 2);
		return;
	default:
		fill_text(p, key, words);
		p[0] = key;	/* no two pages are alike */
	}
}

static int check_page(const unsigned char *got, uint64_t page, uint64_t generation)
{
	uint64_t want[PAGE / 8];
	unsigned long i;

	page_contents(want, page, generation);
	if (!memcmp(got, want, PAGE))
		return 0;
	for (i = 0; got[i] == ((unsigned char *)want)[i]; i++)
		;
	printf("WRONG DATA: page %llu generation %llu byte %lu: got 0x%02x, want 0x%02x\n",
	       (unsigned long long)page, (unsigned long long)generation, i,
	       got[i], ((unsigned char *)want)[i]);
	fflush(stdout);
	return 1;
}

static unsigned char *map_region(size_t len)
{
	int flags = opt.kind == SHMEM ? MAP_SHARED : MAP_PRIVATE;
	unsigned char *p = mmap(NULL, len + HUGE, PROT_READ | PROT_WRITE,
				flags | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		die("mmap of %zu bytes: %s", len, strerror(errno));
	p = (void *)(((uintptr_t)p + HUGE - 1) & ~(HUGE - 1));
	if (opt.folio_kib > 4)
		madvise(p, len, MADV_HUGEPAGE);
	else
		madvise(p, len, MADV_NOHUGEPAGE);
	return p;
}

/*
 * In steps of the largest folio: a call holds the lock of the address space to its
 * end, and a CPU that goes waits for that lock of every process
 */
static int page_out(unsigned char *p, size_t len)
{
	size_t at, step;

	for (at = 0; at < len; at += step) {
		step = len - at < HUGE ? len - at : HUGE;
		if (madvise(p + at, step, MADV_PAGEOUT))
			return -1;
	}
	return 0;
}

static unsigned long count_swapped(unsigned char *p, size_t len)
{
	unsigned long i, n = 0, pages = len / PAGE;
	uint64_t e[512];
	int fd = open("/proc/self/pagemap", O_RDONLY);

	if (fd < 0)
		die("pagemap: %s", strerror(errno));
	for (i = 0; i < pages; i += 512) {
		unsigned long m = pages - i < 512 ? pages - i : 512, k;

		if (pread(fd, e, m * 8, ((uintptr_t)p / PAGE + i) * 8) != (ssize_t)(m * 8))
			die("pagemap: short read");
		for (k = 0; k < m; k++)
			n += e[k] >> 62 & 1;
	}
	close(fd);
	return n;
}

/* Shared memory in swap leaves an empty entry: what is not present counts */
static unsigned long count_absent(unsigned char *p, size_t len)
{
	unsigned long i, n = 0, pages = len / PAGE;
	unsigned char *vec = malloc(pages);

	if (!vec || mincore(p, len, vec))
		die("mincore: %s", strerror(errno));
	for (i = 0; i < pages; i++)
		n += !(vec[i] & 1);
	free(vec);
	return n;
}

/* Parent and child share the pages in swap; the child writes half of them. */
static int forked_check(unsigned char *p, unsigned long pages, uint64_t first, uint64_t generation)
{
	unsigned long i;
	int status;
	pid_t pid = fork();

	if (pid < 0)
		die("fork: %s", strerror(errno));
	if (!pid) {
		int bad = 0;

		for (i = 0; i < pages; i++)
			bad |= check_page(p + i * PAGE, first + i, generation);
		for (i = 0; i < pages; i += 2)
			page_contents((uint64_t *)(p + i * PAGE), first + i, ~generation);
		page_out(p, pages * PAGE);
		for (i = 0; i < pages; i++)
			bad |= check_page(p + i * PAGE, first + i, i & 1 ? generation : ~generation);
		_exit(bad);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) {
		printf("child died, status 0x%x\n", status);
		return 1;
	}
	return WEXITSTATUS(status);
}

/* Tells the test that it is so far, and waits for it */
static void meet(const char *file)
{
	char ready[256];
	struct stat st;
	int fd;

	snprintf(ready, sizeof(ready), "%s.ready", file);
	fd = open(ready, O_CREAT | O_WRONLY, 0600);
	if (fd < 0)
		die("%s: %s", ready, strerror(errno));
	close(fd);
	while (stat(file, &st))
		usleep(20000);
}

static void one_round(struct worker *w, unsigned char *p, uint64_t generation)
{
	uint64_t first = (uint64_t)w->nr << 32, t;
	volatile unsigned char *v = p;
	unsigned long i, swapped;
	size_t len = w->pages * PAGE;

	for (i = 0; i < w->pages; i++)
		page_contents((uint64_t *)(p + i * PAGE), first + i, generation);
	if (opt.filled)
		meet(opt.filled);
	t = now_ns();
	if (page_out(p, len))
		die("MADV_PAGEOUT: %s", strerror(errno));
	w->out_ns += now_ns() - t;
	swapped = opt.kind == SHMEM ? count_absent(p, len) : count_swapped(p, len);
	w->swapped += swapped;
	if (opt.hold)
		meet(opt.hold);
	if (opt.prefetched) {
		if (madvise(p, len, MADV_WILLNEED))
			die("MADV_WILLNEED: %s", strerror(errno));
		meet(opt.prefetched);
	}
	if (opt.kind == FORK)
		w->failed |= forked_check(p, w->pages, first, generation);
	t = now_ns();
	for (i = 0; i < w->pages; i += opt.stride)
		(void)v[i * PAGE];
	w->in_ns += now_ns() - t;
	if (opt.touched)
		meet(opt.touched);
	for (i = 0; i < w->pages; i++)
		w->failed |= check_page(p + i * PAGE, first + i, generation);
	w->rounds++;
}

static void *work(void *arg)
{
	struct worker *w = arg;
	unsigned char *p = map_region(w->pages * PAGE);
	uint64_t end = now_ns() + opt.seconds * 1000000000ULL, round = 0;

	do {
		one_round(w, p, round++);
		if (w->failed)
			break;
	} while (opt.seconds ? now_ns() < end : round < opt.rounds);
	munmap(p, w->pages * PAGE);
	return NULL;
}

static int lookup(const char *name, const char * const *names, int n, const char *what)
{
	int i;

	for (i = 0; i < n; i++)
		if (!strcmp(name, names[i]))
			return i;
	die("unknown %s '%s'", what, name);
	return -1;
}

static void usage(void)
{
	fprintf(stderr,
		"usage: zpages [-m MIB] [-n ROUNDS | -t SECONDS] [-j THREADS] [-k anon|shmem|fork]\n"
		"              [-d text|random|zero|same|half|mix] [-f FOLIO_KIB] [-s SEED]\n"
		"              [-p PERCENT]  fail unless that much was swapped out in each round\n"
		"              [-g]          let others go first: as nice as can be\n"
		"              [-W FILE]     when filled make FILE.ready, go on when FILE exists\n"
		"              [-H FILE]     when swapped out, likewise\n"
		"              [-P FILE]     read it back with MADV_WILLNEED after that, then likewise\n"
		"              [-e STRIDE]   touch one page of that many before all are compared\n"
		"              [-T FILE]     when they are touched, likewise\n");
	exit(2);
}

int main(int argc, char **argv)
{
	struct worker *w;
	unsigned long i, pages, swapped = 0, total = 0, rounds = 0;
	uint64_t out = 0, in = 0;
	int c, failed = 0;

	while ((c = getopt(argc, argv, "m:n:t:j:k:d:f:s:p:ge:W:H:P:T:")) != -1) {
		switch (c) {
		case 'm': opt.mib = strtoul(optarg, NULL, 0); break;
		case 'n': opt.rounds = strtoul(optarg, NULL, 0); break;
		case 't': opt.seconds = strtoul(optarg, NULL, 0); break;
		case 'j': opt.threads = strtoul(optarg, NULL, 0); break;
		case 'f': opt.folio_kib = strtoul(optarg, NULL, 0); break;
		case 's': opt.seed = strtoull(optarg, NULL, 0); break;
		case 'p': opt.min_percent = strtoul(optarg, NULL, 0); break;
		case 'g': (void)!nice(19); break;
		case 'W': opt.filled = optarg; break;
		case 'H': opt.hold = optarg; break;
		case 'P': opt.prefetched = optarg; break;
		case 'T': opt.touched = optarg; break;
		case 'e': opt.stride = strtoul(optarg, NULL, 0); break;
		case 'k': opt.kind = lookup(optarg, kind_names, 3, "kind"); break;
		case 'd': opt.data = lookup(optarg, data_names, 6, "data"); break;
		default: usage();
		}
	}
	if (optind != argc || !opt.threads || !opt.mib || !opt.stride || (!opt.rounds && !opt.seconds))
		usage();
	if ((opt.hold || opt.filled || opt.prefetched || opt.touched) && opt.threads > 1)
		die("-H, -P, -T and -W go with one thread");

	pages = (opt.mib << 20) / PAGE / opt.threads;
	w = calloc(opt.threads, sizeof(*w));
	if (!w)
		die("no memory");
	for (i = 0; i < opt.threads; i++) {
		w[i].nr = i;
		w[i].pages = pages;
		if (pthread_create(&w[i].thread, NULL, work, &w[i]))
			die("no thread");
	}
	for (i = 0; i < opt.threads; i++) {
		pthread_join(w[i].thread, NULL);
		total += w[i].pages * w[i].rounds;
		rounds += w[i].rounds;
		swapped += w[i].swapped;
		out += w[i].out_ns;
		in += w[i].in_ns;
		failed |= w[i].failed;
	}
	printf("pages=%lu rounds=%lu swapped=%lu out_ns=%llu in_ns=%llu data=%s\n", total, rounds, swapped,
	       (unsigned long long)(out / total), (unsigned long long)(in / total), failed ? "WRONG" : "equal");
	if (failed)
		return 1;
	return swapped * 100 < total * opt.min_percent ? 3 : 0;
}
