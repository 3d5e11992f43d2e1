// SPDX-License-Identifier: GPL-2.0-only
/*
 * znth - swap out with the n-th allocation of the store failing, for every n
 *
 * Memory made of folios of one size is filled, the n-th allocation that fault
 * injection may fail in this task is armed (/proc/thread-self/fail-nth), and the
 * memory goes out with MADV_PAGEOUT and is read back and compared.  Then it is
 * written once more, goes out with the first allocation failing, so that nothing
 * new is stored, and must not come back as it was before.  It ends with the first
 * n that was not reached.  Which allocations count is set up outside, by the
 * filters in debugfs.  Status 1 when a byte differs or memory has not
 * gone out with nothing failing, 2 on wrong use or a failed system call.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
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
#define PM_SWAP (1ULL << 62)

static int nth_fd, map_fd;

static void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "znth: ");
	vfprintf(stderr, fmt, ap);
	fprintf(stderr, ": %s\n", strerror(errno));
	va_end(ap);
	exit(2);
}

static uint64_t word(uint64_t page, uint64_t generation, uint64_t i)
{
	uint64_t x = page * 0x9e3779b97f4a7c15ULL ^ generation << 32 ^ i % 97;

	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
	return x ^ (x >> 31);
}

static void arm(unsigned long n)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "%lu", n);

	if (pwrite(nth_fd, text, len, 0) != len)
		die("fail-nth");
}

static unsigned long armed(void)
{
	char text[32] = "";

	if (pread(nth_fd, text, sizeof(text) - 1, 0) < 0)
		die("fail-nth");
	return strtoul(text, NULL, 10);
}

static unsigned long swapped(const char *mem, unsigned long pages)
{
	unsigned long i, n = 0;

	for (i = 0; i < pages; i++) {
		uint64_t entry;
		off_t at = ((uintptr_t)mem / PAGE + i) * sizeof(entry);

		if (pread(map_fd, &entry, sizeof(entry), at) != sizeof(entry))
			die("pagemap");
		n += !!(entry & PM_SWAP);
	}
	return n;
}

static void fill(uint64_t *mem, unsigned long pages, uint64_t generation)
{
	unsigned long i, j;

	for (i = 0; i < pages; i++)
		for (j = 0; j < PAGE / 8; j++)
			mem[i * PAGE / 8 + j] = word(i, generation, j);
}

static int differs(const uint64_t *mem, unsigned long pages, uint64_t generation, unsigned long n)
{
	unsigned long i, j;

	for (i = 0; i < pages; i++)
		for (j = 0; j < PAGE / 8; j++)
			if (mem[i * PAGE / 8 + j] != word(i, generation, j)) {
				printf("WRONG DATA: n=%lu page %lu word %lu%s\n", n, i, j,
				       mem[i * PAGE / 8 + j] == word(i, generation - 1, j) ?
				       ", as it was before" : "");
				return 1;
			}
	return 0;
}

/* Returns what is left of n: 0 when that allocation has failed */
static unsigned long page_out(uint64_t *mem, unsigned long pages, unsigned long n)
{
	unsigned long left;

	arm(n);
	madvise(mem, pages * PAGE, MADV_PAGEOUT);
	left = armed();
	arm(0);
	return left;
}

int main(int argc, char **argv)
{
	unsigned long folio_kib = 64, folios = 4, n, pages, left, out, failed = 0;
	uint64_t *mem;
	char *map;
	int c;

	while ((c = getopt(argc, argv, "f:n:")) != -1) {
		switch (c) {
		case 'f': folio_kib = strtoul(optarg, NULL, 0); break;
		case 'n': folios = strtoul(optarg, NULL, 0); break;
		default: goto usage;
		}
	}
	if (optind != argc || folio_kib < 4 || !folios)
		goto usage;
	pages = folio_kib / 4 * folios;
	nth_fd = open("/proc/thread-self/fail-nth", O_RDWR);
	if (nth_fd < 0)
		die("fail-nth");
	map_fd = open("/proc/self/pagemap", O_RDONLY);
	if (map_fd < 0)
		die("pagemap");

	for (n = 1; ; n++) {
		map = mmap(NULL, pages * PAGE + HUGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (map == MAP_FAILED)
			die("mmap");
		mem = (uint64_t *)(((uintptr_t)map + HUGE - 1) & ~(HUGE - 1));
		if (folio_kib > 4)
			madvise(mem, pages * PAGE, MADV_HUGEPAGE);
		fill(mem, pages, 2 * n);
		left = page_out(mem, pages, n);
		out = swapped((char *)mem, pages);
		if (differs(mem, pages, 2 * n, n))
			return 1;

		fill(mem, pages, 2 * n + 1);
		page_out(mem, pages, 1);
		usleep(2000);
		/* what is on the disk by now leaves the memory */
		page_out(mem, pages, 0);
		if (differs(mem, pages, 2 * n + 1, n))
			return 1;
		munmap(map, pages * PAGE + HUGE);
		failed += !left;
		if (!left)
			continue;
		printf("# points=%lu pages=%lu swapped_at_last=%lu data=equal\n", failed, pages, out);
		return out != pages;
	}
usage:
	fprintf(stderr, "usage: znth [-f KiB of a folio] [-n folios]\n");
	return 2;
}
