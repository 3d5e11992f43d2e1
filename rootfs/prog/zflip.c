// SPDX-License-Identifier: GPL-2.0-only
/*
 * zflip - O_DIRECT writes from a buffer that changes while it is written
 *
 * Even blocks hold known contents.  Odd blocks are written from one page that
 * other threads switch between compressible and random data all the time, so
 * what a driver compresses is not what it sees when it looks again.  The odd
 * blocks may then hold anything, but they can be read, and no even block has
 * changed.  Status 1 when one has, 2 on wrong use, 3 on an I/O error.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mix64.h"

#define BLK 4096UL
#define WORDS (BLK / 8)
#define IMAGES 8UL	/* the last one is random */
#define MAX_FLIPPERS 16UL

static struct {
	const char *dev;
	unsigned long blocks, seconds, flippers;
} opt = { .blocks = 512, .seconds = 5, .flippers = 2 };

static uint64_t images[IMAGES][WORDS];
static uint64_t *hot;
static uint32_t *generation;	/* of the even blocks */
static atomic_int stop;

/* random words at the front, more of them with a higher @part, then one word repeated */
static void fill(uint64_t *p, uint64_t key, unsigned long part)
{
	unsigned long i, random = part >= IMAGES - 1 ? WORDS : 4 + part * WORDS / 12;

	for (i = 0; i < WORDS; i++)
		p[i] = i < random ? mix64(key + i) : key | 1;
}

static void contents(uint64_t *p, unsigned long block)
{
	uint64_t key = mix64((uint64_t)block << 32 | generation[block]);

	fill(p, key, key >> 32 & (IMAGES - 1));
}

static void *flip(void *arg)
{
	uint64_t r = (uintptr_t)arg;

	while (!stop) {
		volatile unsigned long wait;

		r = mix64(r);
		/* every second time random data; for as long as a page takes, or less */
		memcpy(hot, images[r & 1 ? IMAGES - 1 : r >> 8 & (IMAGES - 1)], BLK);
		for (wait = r >> 16 & 4095; wait; wait--)
			;
	}
	return NULL;
}

static void io_error(const char *what, unsigned long block)
{
	printf("%s of block %lu: %s\n", what, block, strerror(errno));
	exit(3);
}

static void write_block(int fd, const void *buf, unsigned long block)
{
	if (pwrite(fd, buf, BLK, block * BLK) != (ssize_t)BLK)
		io_error("write", block);
}

static void read_block(int fd, void *buf, unsigned long block)
{
	if (pread(fd, buf, BLK, block * BLK) != (ssize_t)BLK)
		io_error("read", block);
}

static void check(int fd, uint64_t *buf, unsigned long block)
{
	uint64_t want[WORDS];
	unsigned long i;

	read_block(fd, buf, block);
	contents(want, block);
	for (i = 0; i < WORDS && buf[i] == want[i]; i++)
		;
	if (i == WORDS)
		return;
	printf("WRONG DATA: block %lu version %u word %lu: got %016llx, want %016llx\n", block,
	       generation[block], i, (unsigned long long)buf[i], (unsigned long long)want[i]);
	exit(1);
}

/* is it made of two images, or more: then the buffer has changed during the write */
static int mixed(const uint64_t *buf)
{
	unsigned long i;

	for (i = 0; i < IMAGES; i++)
		if (!memcmp(buf, images[i], BLK))
			return 0;
	return 1;
}

static void usage(void)
{
	fprintf(stderr, "usage: zflip [-b blocks] [-t seconds] [-f threads] DEVICE\n");
	exit(2);
}

int main(int argc, char **argv)
{
	unsigned long i, writes = 0, checks = 0, mixtures = 0;
	pthread_t threads[MAX_FLIPPERS];
	uint64_t *buf, r = 1;
	time_t end;
	int c, fd;

	while ((c = getopt(argc, argv, "b:t:f:")) != -1) {
		switch (c) {
		case 'b': opt.blocks = strtoul(optarg, NULL, 0) & ~1UL; break;
		case 't': opt.seconds = strtoul(optarg, NULL, 0); break;
		case 'f': opt.flippers = strtoul(optarg, NULL, 0); break;
		default: usage();
		}
	}
	if (argc - optind != 1 || !opt.blocks || !opt.flippers || opt.flippers > MAX_FLIPPERS)
		usage();
	opt.dev = argv[optind];
	fd = open(opt.dev, O_RDWR | O_DIRECT);
	generation = calloc(opt.blocks, sizeof(*generation));
	if (fd < 0 || !generation || posix_memalign((void **)&hot, BLK, BLK) ||
	    posix_memalign((void **)&buf, BLK, BLK)) {
		fprintf(stderr, "zflip: %s: %s\n", opt.dev, strerror(errno));
		return 2;
	}
	for (i = 0; i < IMAGES; i++)
		fill(images[i], mix64(i + 1), i);
	memcpy(hot, images[0], BLK);
	for (i = 0; i < opt.blocks; i++) {
		contents(buf, i);
		write_block(fd, i & 1 ? hot : buf, i);
	}
	for (i = 0; i < opt.flippers; i++)
		if (pthread_create(&threads[i], NULL, flip, (void *)(uintptr_t)(i + 1))) {
			perror("zflip: pthread_create");
			return 2;
		}
	for (end = time(NULL) + opt.seconds; time(NULL) < end; ) {
		unsigned long block = (r = mix64(r)) % opt.blocks;

		write_block(fd, hot, block | 1);
		read_block(fd, buf, block | 1);
		mixtures += mixed(buf);
		writes++;
		if (r >> 60)
			continue;
		/* one time in 16: objects of the even blocks move, too */
		block = (r >> 20) % opt.blocks & ~1UL;
		check(fd, buf, block);
		generation[block]++;
		contents(buf, block);
		write_block(fd, buf, block);
		checks++;
	}
	stop = 1;
	for (i = 0; i < opt.flippers; i++)
		pthread_join(threads[i], NULL);
	for (i = 0; i < opt.blocks; i++) {
		if (i & 1)
			read_block(fd, buf, i);
		else
			check(fd, buf, i);
	}
	printf("# writes=%lu mixtures=%lu checks=%lu\n", writes, mixtures, checks + opt.blocks / 2);
	return 0;
}
