// SPDX-License-Identifier: GPL-2.0-only
/*
 * zdemo - fill memory, swap it out and in, and show what becomes of the pages
 *
 * The screen is redrawn once a second with the few escape sequences that every
 * terminal on a serial line has.  With -1 there is one round and one line per
 * figure.  What compresses is up to the caller (see demo); with -z, /dev/zram0
 * is used before other swap areas, which busybox cannot do.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/swap.h>
#include <time.h>
#include <unistd.h>

#include "mix64.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define PAGE	4096UL
#define WORDS	(PAGE / 8)
#define CHUNK	(1UL << 20)

static struct {
	unsigned long mib, seconds;
	int once, zram;
	const char *compressor, *clock;
} opt = { .mib = 64, .seconds = 30, .compressor = "?", .clock = "guest" };

/* Written by the worker, read by the screen */
static atomic_ulong filled, out_pages, in_pages, out_ns, in_ns, wrong;
static atomic_int over;

/* Where the pages are: from the kernel's counters and the device's */
struct figures {
	unsigned long stored_out;	/* pages stored since the start */
	unsigned long held, bytes;	/* pages stored now, and the memory they take */
	unsigned long jobs;		/* compressions by the device since the start */
	int device;			/* does it answer? */
};

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

/* Pointers and small integers, as memory has them; the first word tells pages apart */
static void fill(uint64_t *p, uint64_t key)
{
	uint64_t r = mix64(key);
	unsigned long i;

	for (i = 0; i < WORDS; i++) {
		r = r * 6364136223846793005ULL + 1442695040888963407ULL;
		p[i] = r >> 63 ? 0xffff888000000000ULL | (r >> 40 & 0xff8) : r >> 50 & 0xff;
	}
	p[0] = key;
}

static void check(const uint64_t *p, uint64_t key)
{
	uint64_t want[WORDS];

	fill(want, key);
	if (memcmp(p, want, PAGE))
		wrong++;
}

static void round_of(unsigned char *mem, uint64_t generation)
{
	unsigned long pages = (opt.mib << 20) / PAGE, i;
	size_t at;
	uint64_t t;

	for (at = 0; at < opt.mib << 20 && !over; at += CHUNK) {
		for (i = 0; i < CHUNK / PAGE; i++)
			fill((uint64_t *)(mem + at + i * PAGE), generation << 32 | (at / PAGE + i));
		filled = (at + CHUNK) >> 20;
		t = now_ns();
		madvise(mem + at, CHUNK, MADV_PAGEOUT);
		out_ns += now_ns() - t;
		out_pages += CHUNK / PAGE;
	}
	for (i = 0; i < pages && i < at / PAGE; i++) {
		t = now_ns();
		*(volatile unsigned char *)(mem + i * PAGE);
		in_ns += now_ns() - t;
		in_pages++;
		check((uint64_t *)(mem + i * PAGE), generation << 32 | i);
	}
}

static void *work(void *arg)
{
	uint64_t generation = 0;

	do
		round_of(arg, ++generation);
	while (!opt.once && !over);
	over = 1;
	return NULL;
}

/* Value of the line "NAME VALUE" in a stream; 0 without it */
static unsigned long value_in(FILE *f, const char *name)
{
	char line[256], word[128];
	unsigned long value = 0, v;

	if (!f)
		return 0;
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%127s %lu", word, &v) == 2 && !strcmp(word, name))
			value = v;
	return value;
}

static unsigned long vmstat(const char *name)
{
	FILE *f = fopen("/proc/vmstat", "r");
	unsigned long v = value_in(f, name);

	if (f)
		fclose(f);
	return v;
}

static unsigned long number_in(const char *path)
{
	FILE *f = fopen(path, "r");
	unsigned long v = 0;

	if (!f)
		return 0;
	if (fscanf(f, "%lu", &v) != 1)
		v = 0;
	fclose(f);
	return v;
}

static void read_store(struct figures *f)
{
	unsigned long orig = 0, compressed, used = 0;
	FILE *stat;

	if (!opt.zram) {
		f->stored_out = vmstat("zswpout");
		f->held = number_in("/sys/kernel/debug/zswap/stored_pages");
		f->bytes = number_in("/sys/kernel/debug/zswap/pool_total_size");
		return;
	}
	f->stored_out = vmstat("pswpout");
	stat = fopen("/sys/block/zram0/mm_stat", "r");
	if (!stat)
		return;
	if (fscanf(stat, "%lu %lu %lu", &orig, &compressed, &used) == 3) {
		f->held = orig / PAGE;
		f->bytes = used;
	}
	fclose(stat);
}

static void read_figures(struct figures *f)
{
	FILE *iax = popen("iaxctl 2> /dev/null", "r");

	memset(f, 0, sizeof(*f));
	read_store(f);
	if (!iax)
		return;
	f->jobs = value_in(iax, "compress-jobs");
	f->device = pclose(iax) == 0;
}

static unsigned long per_second(unsigned long pages, unsigned long ns)
{
	return ns ? pages * 1000000000.0 / ns : 0;
}

/* Percent of the stored pages that the device has compressed */
static unsigned long share(const struct figures *now, const struct figures *start)
{
	unsigned long stored = now->stored_out - start->stored_out;
	unsigned long jobs = now->jobs - start->jobs;

	if (!stored)
		return 0;
	return jobs >= stored ? 100 : jobs * 100 / stored;
}

static double ratio(const struct figures *f)
{
	return f->bytes ? (double)f->held * PAGE / f->bytes : 0;
}

static void bar(const char *name, unsigned long part, unsigned long whole, const char *text)
{
	unsigned long width = 30, n = whole ? part * width / whole : 0, i;

	printf("%-12s", name);
	for (i = 0; i < width; i++)
		putchar(i < (n > width ? width : n) ? '#' : '.');
	printf("  %s\033[K\r\n", text);
}

static void draw(const struct figures *now, const struct figures *start, uint64_t began)
{
	static unsigned long best = 1;
	unsigned long out = per_second(out_pages, out_ns), in = per_second(in_pages, in_ns);
	char text[80];

	if (out > best)
		best = out;
	if (in > best)
		best = in;
	printf("\033[H%s, %s: %.0f s (%s time); ctrl-c ends it\033[K\r\n\033[K\r\n", opt.zram ? "zram" : "zswap",
	       opt.compressor, (now_ns() - began) / 1e9, opt.clock);
	snprintf(text, sizeof(text), "%lu of %lu MiB", (unsigned long)filled, opt.mib);
	bar("filled", filled, opt.mib, text);
	snprintf(text, sizeof(text), "%lu pages, %.1f MiB in %.1f MiB: ratio %.2f", now->held,
		 now->held / 256.0, now->bytes / 1048576.0, ratio(now));
	bar("stored", now->held, opt.mib * 256, text);
	snprintf(text, sizeof(text), "%lu pages/s", out);
	bar("out", out, best, text);
	snprintf(text, sizeof(text), "%lu pages/s", in);
	bar("in", in, best, text);
	if (now->device)
		snprintf(text, sizeof(text), "%lu %% of %lu pages compressed by the accelerator",
			 share(now, start), now->stored_out - start->stored_out);
	else
		snprintf(text, sizeof(text), "no accelerator in use");
	bar("device", share(now, start), 100, text);
	snprintf(text, sizeof(text), "%lu of %lu pages differ", (unsigned long)wrong, (unsigned long)in_pages);
	bar("data", 0, 1, text);
	fflush(stdout);
}

static void print(const struct figures *peak, const struct figures *end, const struct figures *start)
{
	printf("target %s\ncompressor %s\nclock %s\n", opt.zram ? "zram" : "zswap", opt.compressor, opt.clock);
	printf("pages %lu\nstored %lu\nratio %.2f\n", (unsigned long)out_pages,
	       end->stored_out - start->stored_out, ratio(peak));
	printf("out_pages_per_s %lu\nin_pages_per_s %lu\n", per_second(out_pages, out_ns),
	       per_second(in_pages, in_ns));
	printf("device_percent %lu\ndata %s\n", share(end, start), wrong ? "WRONG" : "equal");
}

static void usage(void)
{
	fprintf(stderr,
		"usage: zdemo [-1] [-z] [-m MIB] [-t SECONDS] [-c COMPRESSOR] [-v CLOCK]\n"
		"  -1  one round, figures at the end    -z  zram instead of zswap\n"
		"  -c, -v  names to be shown\n");
	exit(2);
}

int main(int argc, char **argv)
{
	struct figures start, now, peak = { 0 };
	uint64_t began = now_ns();
	unsigned char *mem;
	pthread_t worker;
	int c;

	while ((c = getopt(argc, argv, "1zm:t:c:v:")) != -1) {
		switch (c) {
		case '1': opt.once = 1; break;
		case 'z': opt.zram = 1; break;
		case 'm': opt.mib = strtoul(optarg, NULL, 0); break;
		case 't': opt.seconds = strtoul(optarg, NULL, 0); break;
		case 'c': opt.compressor = optarg; break;
		case 'v': opt.clock = optarg; break;
		default: usage();
		}
	}
	if (optind != argc || !opt.mib)
		usage();
	mem = mmap(NULL, opt.mib << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (mem == MAP_FAILED) {
		fprintf(stderr, "zdemo: %lu MiB: %s\n", opt.mib, strerror(errno));
		return 2;
	}
	if (opt.zram && swapon("/dev/zram0", SWAP_FLAG_PREFER | 100)) {
		fprintf(stderr, "zdemo: /dev/zram0: %s\n", strerror(errno));
		return 2;
	}
	madvise(mem, opt.mib << 20, MADV_NOHUGEPAGE);
	read_figures(&start);
	if (pthread_create(&worker, NULL, work, mem)) {
		fprintf(stderr, "zdemo: no thread\n");
		return 2;
	}
	if (!opt.once)
		printf("\033[2J");
	while (!over) {
		usleep(opt.once ? 50000 : 1000000);
		read_figures(&now);
		if (now.held > peak.held)
			peak = now;
		if (!opt.once)
			draw(&now, &start, began);
		if (!opt.once && now_ns() - began > opt.seconds * 1000000000ULL)
			over = 1;
	}
	pthread_join(worker, NULL);
	read_figures(&now);
	print(&peak, &now, &start);
	munmap(mem, opt.mib << 20);
	if (opt.zram && swapoff("/dev/zram0")) {
		fprintf(stderr, "zdemo: /dev/zram0: %s\n", strerror(errno));
		return 2;
	}
	return wrong ? 1 : 0;
}
