// SPDX-License-Identifier: GPL-2.0-only
/*
 * zbench - what a page costs on its way through zswap or zram
 *
 * swap   fills anonymous memory made of folios of one size, sends it out with
 *        MADV_PAGEOUT, then touches one byte per page in ascending order
 * block  writes the same memory to a block device with O_DIRECT, in requests of
 *        one size, and reads it back
 *
 * Only these two loops are timed.  Around them it is checked that the folios
 * have the size asked for (/proc/kpageflags), that every page has left (pagemap)
 * and that every byte has come back.  One line of figures; status 1 when a byte
 * differs, 2 on wrong use or a failed system call, 3 when the folios are not
 * what was asked for, 4 when pages have stayed in memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "mix64.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

#define PAGE 4096UL
#define WORDS (PAGE / sizeof(uint64_t))
#define HUGE (2UL << 20)
#define KPF_HEAD (1ULL << 15)
#define KPF_TAIL (1ULL << 16)
#define PM_PRESENT (1ULL << 63)
#define PM_SWAP (1ULL << 62)
#define PM_PFN ((1ULL << 55) - 1)

static unsigned long kib = 4, mib = 32, pages;
static uint64_t seed = 1;
static const char *data = "mix";
static unsigned char *mem;

static void die(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("zbench: ");
	vprintf(fmt, ap);
	printf("\n");
	va_end(ap);
	exit(status);
}

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

static uint64_t rnd(uint64_t *state)
{
	*state += 0x9e3779b97f4a7c15ULL;
	return mix64(*state);
}

/*
 * The data: text, records (pointers, counters, flags, names), sparse pages like
 * a table of pointers, noisy ones that begin with 1 KiB of noise, or the mix of
 * three eighths, three eighths, an eighth and an eighth.  No page is filled with
 * one value, none is the copy of
 * another, and each compresses with every compressor, so that none takes a
 * shortcut past it.
 */
static void fill_text(char *p, uint64_t *r)
{
	static char words[256][12];
	static unsigned char len[256];
	unsigned long at = 0;

	if (!len[0]) {
		uint64_t w = 842;

		for (int i = 0; i < 256; i++) {
			len[i] = 2 + rnd(&w) % 9;
			for (int k = 0; k < len[i]; k++)
				words[i][k] = "eeeettaaooiinnsshrrdlcumwfgypbvk"[rnd(&w) & 31];
			words[i][len[i]] = i % 11 ? ' ' : '\n';
		}
	}
	while (at < PAGE) {
		uint64_t x = rnd(r);
		/* small numbers are common, as words are in text */
		int w = x & (x >> 8) & 255;
		unsigned long n = len[w] + 1UL;

		if (n > PAGE - at)
			n = PAGE - at;
		memcpy(p + at, words[w], n);
		at += n;
	}
}

static void fill_records(uint64_t *p, uint64_t *r, unsigned long words)
{
	uint64_t base = 0xffff888000000000ULL | (rnd(r) & 0x7ffff000ULL);
	uint64_t stamp = rnd(r) >> 16;

	for (unsigned long i = 0; i + 8 <= words; i += 8) {
		uint64_t x = rnd(r);
		char name[17];

		p[i] = base + i * 8;
		p[i + 1] = base + ((x & 63) << 6);
		p[i + 2] = (x >> 8 & 7) + 1;
		p[i + 3] = (x >> 16 & 3) << 12 | (x >> 20 & 1);
		p[i + 4] = stamp += x >> 24 & 0xffff;
		p[i + 5] = 0;
		snprintf(name, sizeof(name), "object-%08x", (unsigned int)(x >> 44 & 0xfff));
		memcpy(p + i + 6, name, 16);
	}
}

static void fill_sparse(uint64_t *p, uint64_t *r)
{
	memset(p, 0, PAGE);
	for (unsigned long i = 0; i < WORDS; i += 1 + (rnd(r) & 15))
		p[i] = 0xffffea0000000000ULL | (rnd(r) & 0x3ffffc0ULL);
}

static void fill_noisy(uint64_t *p, uint64_t *r)
{
	unsigned long i;

	for (i = 0; i < 1024 / 8; i++)
		p[i] = rnd(r);
	fill_records(p + i, r, WORDS - i);
}

static void fill_page(unsigned char *to, uint64_t page)
{
	static const char mix[] = "trstrntr";
	uint64_t key = mix64(seed ^ mix64(page)), r = key;
	uint64_t *p = (uint64_t *)to;

	switch (*data == 'm' ? mix[page & 7] : *data) {
	case 't': fill_text((char *)p, &r); break;
	case 'r': fill_records(p, &r, WORDS); break;
	case 's': fill_sparse(p, &r); break;
	default: fill_noisy(p, &r);
	}
	p[WORDS - 1] = key;
}

static int known(const char *kind)
{
	static const char *const kinds[] = { "mix", "text", "records", "sparse", "noisy" };

	for (unsigned long i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kind, kinds[i]))
			return 1;
	return 0;
}

static void fill(void)
{
	for (unsigned long i = 0; i < pages; i++)
		fill_page(mem + i * PAGE, i);
}

static void check_data(void)
{
	uint64_t want[WORDS];

	for (unsigned long i = 0; i < pages; i++) {
		fill_page((unsigned char *)want, i);
		if (memcmp(mem + i * PAGE, want, PAGE))
			die(1, "WRONG DATA in page %lu", i);
	}
}

/* Memory whose folios have the size that sysfs allows at present */
static void map_memory(int huge)
{
	mem = mmap(NULL, pages * PAGE + HUGE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (mem == MAP_FAILED)
		die(2, "mmap: %s", strerror(errno));
	mem = (void *)(((uintptr_t)mem + HUGE - 1) & ~(HUGE - 1));
	if (madvise(mem, pages * PAGE, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) && huge)
		die(2, "no large folios: %s", strerror(errno));
}

static uint64_t *pagemap(void)
{
	static uint64_t *map;
	int fd = open("/proc/self/pagemap", O_RDONLY);

	if (!map)
		map = malloc(pages * 8);
	if (fd < 0 || !map || pread(fd, map, pages * 8, (uintptr_t)mem / PAGE * 8) != (ssize_t)(pages * 8))
		die(2, "pagemap: %s", strerror(errno));
	close(fd);
	return map;
}

/* Each run of KIB is one folio: a head, tails to the end, no tail behind it. */
static void check_folios(unsigned long folio_pages)
{
	const uint64_t *map = pagemap();
	int fd = open("/proc/kpageflags", O_RDONLY);
	uint64_t *flags = malloc((folio_pages + 1) * 8);

	if (fd < 0 || !flags)
		die(2, "kpageflags: %s", strerror(errno));
	for (unsigned long i = 0; i < pages; i += folio_pages) {
		uint64_t pfn = map[i] & PM_PFN;
		size_t want = (folio_pages + 1) * 8;

		if (pread(fd, flags, want, pfn * 8) != (ssize_t)want)
			die(2, "kpageflags: short read");
		for (unsigned long k = 0; k < folio_pages; k++) {
			uint64_t kind = folio_pages == 1 ? 0 : k ? KPF_TAIL : KPF_HEAD;

			if (!(map[i + k] & PM_PRESENT) || (map[i + k] & PM_PFN) != pfn + k ||
			    (flags[k] & (KPF_HEAD | KPF_TAIL)) != kind)
				die(3, "page %lu is not part of a folio of %lu KiB", i + k, folio_pages * 4);
		}
		if (flags[folio_pages] & KPF_TAIL)
			die(3, "page %lu begins a folio larger than %lu KiB", i, folio_pages * 4);
	}
	free(flags);
	close(fd);
}

/* read_counters FILES: NAME=VALUE of each, while the data is out */
static void read_counters(char **files)
{
	for (; *files; files++) {
		const char *name = strrchr(*files, '/');
		char text[64] = "";
		int fd = open(*files, O_RDONLY);

		if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
			die(2, "%s: %s", *files, strerror(errno));
		close(fd);
		text[strcspn(text, "\n")] = 0;
		printf("%s=%s ", name ? name + 1 : *files, text);
	}
}

static void swap_run(char **files, uint64_t *out, uint64_t *in)
{
	const uint64_t *map;
	volatile unsigned char *v;
	unsigned long i, gone = 0;
	uint64_t t;

	map_memory(kib > 4);
	fill();
	check_folios(kib * 1024 / PAGE);
	t = now_ns();
	if (madvise(mem, pages * PAGE, MADV_PAGEOUT))
		die(2, "MADV_PAGEOUT: %s", strerror(errno));
	*out = now_ns() - t;
	map = pagemap();
	for (i = 0; i < pages; i++)
		gone += !!(map[i] & PM_SWAP);
	if (gone != pages)
		die(4, "%lu of %lu pages were swapped out", gone, pages);
	read_counters(files);
	v = mem;
	t = now_ns();
	for (i = 0; i < pages; i++)
		(void)v[i * PAGE];
	*in = now_ns() - t;
}

static void block_run(const char *dev, uint64_t *out, uint64_t *in)
{
	const size_t len = pages * PAGE, step = kib * 1024;
	int fd = open(dev, O_RDWR | O_DIRECT);
	uint64_t t;
	size_t at;

	if (fd < 0)
		die(2, "%s: %s", dev, strerror(errno));
	map_memory(1);
	fill();
	t = now_ns();
	for (at = 0; at < len; at += step)
		if (pwrite(fd, mem + at, step, at) != (ssize_t)step)
			die(2, "write at %zu: %s", at, strerror(errno));
	*out = now_ns() - t;
	memset(mem, 0xa5, len);
	/* contiguous memory, whatever the size of the requests */
	check_folios(HUGE / PAGE);
	t = now_ns();
	for (at = 0; at < len; at += step)
		if (pread(fd, mem + at, step, at) != (ssize_t)step)
			die(2, "read at %zu: %s", at, strerror(errno));
	*in = now_ns() - t;
	close(fd);
}

int main(int argc, char **argv)
{
	uint64_t out, in;
	int c;

	while ((c = getopt(argc, argv, "m:f:s:d:")) != -1) {
		switch (c) {
		case 'm': mib = strtoul(optarg, NULL, 0); break;
		case 'f': kib = strtoul(optarg, NULL, 0); break;
		case 's': seed = strtoull(optarg, NULL, 0); break;
		case 'd': data = optarg; break;
		default: goto usage;
		}
	}
	argv += optind;
	argc -= optind;
	if (argc < 1 || mib < 2 || mib % 2 || kib < 4 || kib > 2048 || kib & (kib - 1) || !known(data))
		goto usage;
	pages = (mib << 20) / PAGE;
	if (!strcmp(argv[0], "swap"))
		swap_run(argv + 1, &out, &in);
	else if (!strcmp(argv[0], "block") && argc == 2)
		block_run(argv[1], &out, &in);
	else
		goto usage;
	check_data();
	printf("pages=%lu out_ns=%llu in_ns=%llu data=equal\n", pages,
	       (unsigned long long)(out / pages), (unsigned long long)(in / pages));
	return 0;
usage:
	fprintf(stderr, "usage: zbench [-m MIB] [-f FOLIO_KIB] [-s SEED] [-d DATA] swap [COUNTER_FILE...]\n"
			"       zbench [-m MIB] [-f REQUEST_KIB] [-s SEED] [-d DATA] block DEVICE\n"
			"DATA: mix text records sparse noisy\n");
	return 2;
}
