// SPDX-License-Identifier: GPL-2.0-only
/*
 * zrace - readers, writers and discards of the same few blocks
 *
 * Every page that is written says which block and which version it is, and all
 * its words follow from that.  A reader that comes while a page is overwritten
 * or discarded may see the old page, the new one or zeros, but never parts of
 * two, nor another block's.  Status 1 when it does, 2 on wrong use, 3 on an I/O
 * error.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "mix64.h"

#define BLK 4096UL
#define WORDS (BLK / 8)

static struct {
	const char *dev;
	unsigned long blocks, seconds, readers, writers, foreign;
} opt = { .blocks = 32, .seconds = 5, .readers = 2, .writers = 2 };

static atomic_ulong version = 1, reads, writes, discards, foreign, status;
static time_t end;

/* from a quarter to all of a page, so that objects have many sizes */
static void contents(uint64_t *p, uint64_t block, uint64_t gen)
{
	uint64_t key = mix64(block << 40 ^ gen), different = WORDS / 4 + key % (WORDS * 3 / 4);

	for (uint64_t i = 0; i < WORDS; i++)
		p[i] = mix64(key + i % different);
	p[0] = block;
	p[1] = gen;
}

static void failed(int how, const char *what, unsigned long block, uint64_t a, uint64_t b)
{
	unsigned long none = 0;

	if (atomic_compare_exchange_strong(&status, &none, how)) {
		printf("%s: block %lu: %llu %llu\n", what, block,
		       (unsigned long long)a, (unsigned long long)b);
		fflush(stdout);
	}
}

static void check(const uint64_t *p, unsigned long block)
{
	uint64_t want[WORDS];
	unsigned long i;

	for (i = 0; i < WORDS && !p[i]; i++)
		;
	if (i == WORDS)
		return;
	contents(want, p[0], p[1]);
	for (i = 0; i < WORDS; i++)
		if (p[i] != want[i]) {
			failed(1, "WRONG DATA, word and value", block, i, p[i]);
			return;
		}
	if (p[0] != block) {
		foreign++;
		if (!opt.foreign)
			failed(1, "WRONG BLOCK, block and version", block, p[0], p[1]);
	}
}

static void read_one(int fd, void *buf, unsigned long block)
{
	if (pread(fd, buf, BLK, block * BLK) != (ssize_t)BLK)
		failed(3, "read failed, errno", block, errno, 0);
	else
		check(buf, block);
	reads++;
}

static void discard_one(int fd, unsigned long block)
{
	uint64_t range[2] = { block * BLK, BLK };

	if (ioctl(fd, BLKDISCARD, range))
		failed(3, "discard failed, errno", block, errno, 0);
	discards++;
}

static void write_one(int fd, void *buf, unsigned long block)
{
	contents(buf, block, version++);
	if (pwrite(fd, buf, BLK, block * BLK) != (ssize_t)BLK)
		failed(3, "write failed, errno", block, errno, 0);
	writes++;
}

/* The first threads read; the others write, and discard one time in 16 */
static void *work(void *arg)
{
	uint64_t nr = (uintptr_t)arg, r = nr;
	int fd = open(opt.dev, O_RDWR | O_DIRECT);
	void *buf;

	if (fd < 0 || posix_memalign(&buf, BLK, BLK)) {
		failed(2, strerror(errno), 0, 0, 0);
		return NULL;
	}
	while (!status && time(NULL) < end) {
		unsigned long block = (r = mix64(r)) % opt.blocks;

		if (nr <= opt.readers)
			read_one(fd, buf, block);
		else if (r >> 60 == 0)
			discard_one(fd, block);
		else
			write_one(fd, buf, block);
	}
	return NULL;
}

static void usage(void)
{
	fprintf(stderr,
		"usage: zrace [-b blocks] [-t seconds] [-r readers] [-w writers] [-f] DEVICE\n"
		"  -f  count pages of another block, do not fail\n");
	exit(2);
}

int main(int argc, char **argv)
{
	pthread_t threads[64];
	unsigned long n, nr;
	int c;

	while ((c = getopt(argc, argv, "b:t:r:w:f")) != -1) {
		switch (c) {
		case 'b': opt.blocks = strtoul(optarg, NULL, 0); break;
		case 't': opt.seconds = strtoul(optarg, NULL, 0); break;
		case 'r': opt.readers = strtoul(optarg, NULL, 0); break;
		case 'w': opt.writers = strtoul(optarg, NULL, 0); break;
		case 'f': opt.foreign = 1; break;
		default: usage();
		}
	}
	nr = opt.readers + opt.writers;
	if (argc - optind != 1 || !opt.blocks || !nr || nr > 64)
		usage();
	opt.dev = argv[optind];
	end = time(NULL) + opt.seconds;
	for (n = 0; n < nr; n++)
		if (pthread_create(&threads[n], NULL, work, (void *)(uintptr_t)(n + 1))) {
			perror("zrace: pthread_create");
			return 2;
		}
	for (n = 0; n < nr; n++)
		pthread_join(threads[n], NULL);
	printf("# reads=%lu writes=%lu discards=%lu foreign=%lu status=%lu\n",
	       reads, writes, discards, foreign, status);
	return status;
}
