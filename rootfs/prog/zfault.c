// SPDX-License-Identifier: GPL-2.0-only
/*
 * zfault - swapped-out memory that is read on command, errors and all
 *
 * Fills memory, swaps it out, prints "out PAGES", then obeys lines on standard
 * input until these end:
 *   read   touch each page by MADV_POPULATE_READ, which reports what would be a
 *          SIGBUS as an error; prints "read GOOD failed BAD"
 *   check  compare every byte; prints "equal" or "differs at PAGE", status 1
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif
#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

#define PAGE 4096UL

static unsigned char *mem;
static unsigned long pages;

/* Compresses well, and no page is another's copy */
static unsigned char byte_of(unsigned long page, unsigned long i)
{
	return i % 64 < 8 ? page >> (8 * (i % 4)) : (unsigned char)"compressible "[i % 13];
}

static void read_all(void)
{
	unsigned long page, good = 0, bad = 0;

	for (page = 0; page < pages; page++) {
		if (madvise(mem + page * PAGE, PAGE, MADV_POPULATE_READ))
			bad++;
		else
			good++;
	}
	printf("read %lu failed %lu\n", good, bad);
}

static int check(void)
{
	unsigned long page, i;

	for (page = 0; page < pages; page++) {
		for (i = 0; i < PAGE; i++) {
			if (mem[page * PAGE + i] != byte_of(page, i)) {
				printf("differs at %lu\n", page);
				return 1;
			}
		}
	}
	printf("equal\n");
	return 0;
}

int main(int argc, char **argv)
{
	char line[64];
	unsigned long page, i;

	if (argc != 2 || !(pages = strtoul(argv[1], NULL, 0) * 256)) {
		fprintf(stderr, "usage: zfault MIB\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	mem = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (mem == MAP_FAILED) {
		perror("zfault: mmap");
		return 2;
	}
	/* one page, one entry; a kernel without THP does not know of this */
	madvise(mem, pages * PAGE, MADV_NOHUGEPAGE);
	for (page = 0; page < pages; page++)
		for (i = 0; i < PAGE; i++)
			mem[page * PAGE + i] = byte_of(page, i);
	if (madvise(mem, pages * PAGE, MADV_PAGEOUT)) {
		perror("zfault: MADV_PAGEOUT");
		return 2;
	}
	printf("out %lu\n", pages);
	while (fgets(line, sizeof(line), stdin)) {
		if (!strcmp(line, "read\n"))
			read_all();
		else if (strcmp(line, "check\n") || check())
			return 1;
	}
	return 0;
}
