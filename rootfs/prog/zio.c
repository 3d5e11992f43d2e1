// SPDX-License-Identifier: GPL-2.0-only
/*
 * zio - verified random I/O on a block device
 *
 * Threads own stripes of the device and write, discard, overwrite and read
 * back blocks of random sizes with O_DIRECT; a table of generations says what
 * every 4 KiB must hold.  Status 1 when a byte differs, 2 on wrong use or an
 * I/O error, 3 when errors that -e allows have occurred but all else is right.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "mix64.h"

#define BLK 4096UL

static struct {
	const char *dev;
	unsigned long mib, seconds, threads, max_kib, rand_percent, ops;
	uint64_t seed;
	int discard, allow_errors;
} opt = { .mib = 64, .seconds = 5, .threads = 2, .max_kib = 128, .rand_percent = 20, .seed = 1, .discard = 1 };

struct worker {
	pthread_t thread;
	unsigned long nr, blocks, first, writes, reads, discards, errors;
	uint32_t *gen;		/* 0 unknown, 1 discarded, else written */
	int failed;
};

static void contents(uint64_t *p, uint64_t block, uint32_t gen)
{
	uint64_t key = mix64(opt.seed ^ mix64(block ^ mix64(gen))), x = key | 1;
	unsigned long i, random = key % 100 < opt.rand_percent;

	for (i = 0; i < BLK / 8; i++) {
		if (random) {
			x ^= x << 13;
			x ^= x >> 7;
			x ^= x << 17;
			p[i] = x;
		} else {
			p[i] = key % 7 ? mix64(key + i % (3 + key % 61)) >> 20 : key;
		}
	}
	p[0] = key;
	p[1] = block;
	p[2] = gen;
}

/*
 * A block whose write failed may hold the old or the new contents, so its
 * generation becomes unknown until the next write that succeeds.
 */
static int check(struct worker *w, const unsigned char *got, unsigned long b)
{
	uint64_t want[BLK / 8];
	unsigned long i;

	if (!w->gen[b])
		return 0;
	if (w->gen[b] == 1)
		memset(want, 0, BLK);
	else
		contents(want, w->first + b, w->gen[b]);
	if (!memcmp(got, want, BLK))
		return 0;
	for (i = 0; got[i] == ((unsigned char *)want)[i]; i++)
		;
	printf("WRONG DATA: block %lu generation %u byte %lu: got 0x%02x, want 0x%02x\n",
	       w->first + b, w->gen[b], i, got[i], ((unsigned char *)want)[i]);
	fflush(stdout);
	return 1;
}

static int io_error(struct worker *w, const char *what, unsigned long b)
{
	w->errors++;
	if (opt.allow_errors)
		return 0;
	printf("%s of block %lu: %s\n", what, w->first + b, strerror(errno));
	fflush(stdout);
	w->failed = 2;
	return 1;
}

static void read_back(struct worker *w, int fd, unsigned char *buf, unsigned long b, unsigned long n)
{
	unsigned long i;

	if (pread(fd, buf, n * BLK, (w->first + b) * BLK) != (ssize_t)(n * BLK)) {
		io_error(w, "read", b);
		return;
	}
	w->reads++;
	for (i = 0; i < n; i++)
		w->failed |= check(w, buf + i * BLK, b + i);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	unsigned char *buf = NULL;
	uint64_t r = mix64(opt.seed + w->nr * 77), ops = 0;
	uint32_t gen = 2;
	unsigned long i;
	time_t end = time(NULL) + opt.seconds;
	int fd = open(opt.dev, O_RDWR | O_DIRECT);

	if (fd < 0 || posix_memalign((void **)&buf, BLK, opt.max_kib << 10)) {
		printf("%s: %s\n", opt.dev, strerror(errno));
		w->failed = 2;
		return NULL;
	}
	while (!w->failed && (opt.ops ? ops < opt.ops : time(NULL) < end)) {
		unsigned long n, b;

		ops++;
		r = mix64(r);
		n = 1 + (r >> 8) % (opt.max_kib / 4);
		b = (r >> 32) % w->blocks;
		if (n > w->blocks - b)
			n = w->blocks - b;
		switch (r & 7) {
		case 0: case 1: case 2: case 3:
			gen++;
			for (i = 0; i < n; i++) {
				contents((uint64_t *)(buf + i * BLK), w->first + b + i, gen);
				w->gen[b + i] = gen;
			}
			if (pwrite(fd, buf, n * BLK, (w->first + b) * BLK) != (ssize_t)(n * BLK)) {
				for (i = 0; i < n; i++)
					w->gen[b + i] = 0;
				io_error(w, "write", b);
			}
			w->writes++;
			break;
		case 4:
			if (opt.discard) {
				uint64_t range[2] = { (w->first + b) * BLK, n * BLK };

				if (ioctl(fd, BLKDISCARD, range)) {
					io_error(w, "discard", b);
					break;
				}
				for (i = 0; i < n; i++)
					w->gen[b + i] = 1;
				w->discards++;
				break;
			}
			/* fall through */
		default:
			read_back(w, fd, buf, b, n);
		}
	}
	for (i = 0; i < w->blocks && !w->failed; i++)
		read_back(w, fd, buf, i, 1);
	close(fd);
	free(buf);
	return NULL;
}

int main(int argc, char **argv)
{
	unsigned long i, writes = 0, reads = 0, discards = 0, errors = 0;
	struct worker *w;
	int c, failed = 0;

	while ((c = getopt(argc, argv, "m:t:j:b:r:s:n:De")) != -1) {
		switch (c) {
		case 'm': opt.mib = strtoul(optarg, NULL, 0); break;
		case 't': opt.seconds = strtoul(optarg, NULL, 0); break;
		case 'j': opt.threads = strtoul(optarg, NULL, 0); break;
		case 'b': opt.max_kib = strtoul(optarg, NULL, 0); break;
		case 'r': opt.rand_percent = strtoul(optarg, NULL, 0); break;
		case 's': opt.seed = strtoull(optarg, NULL, 0); break;
		case 'n': opt.ops = strtoul(optarg, NULL, 0); break;
		case 'D': opt.discard = 0; break;
		case 'e': opt.allow_errors = 1; break;
		default: goto usage;
		}
	}
	if (optind != argc - 1 || !opt.mib || !opt.threads || opt.max_kib < 4)
		goto usage;
	opt.dev = argv[optind];
	w = calloc(opt.threads, sizeof(*w));
	for (i = 0; i < opt.threads; i++) {
		w[i].nr = i;
		w[i].blocks = opt.mib * 256 / opt.threads;
		w[i].first = i * w[i].blocks;
		w[i].gen = calloc(w[i].blocks, sizeof(*w[i].gen));
		if (!w[i].gen || pthread_create(&w[i].thread, NULL, work, &w[i])) {
			fprintf(stderr, "zio: no memory\n");
			return 2;
		}
	}
	for (i = 0; i < opt.threads; i++) {
		pthread_join(w[i].thread, NULL);
		writes += w[i].writes;
		reads += w[i].reads;
		discards += w[i].discards;
		errors += w[i].errors;
		if (w[i].failed > failed || w[i].failed == 1)
			failed = w[i].failed;
	}
	printf("writes=%lu reads=%lu discards=%lu errors=%lu data=%s\n", writes, reads, discards, errors,
	       failed == 1 ? "WRONG" : "equal");
	if (failed)
		return failed;
	return errors ? 3 : 0;
usage:
	fprintf(stderr, "usage: zio [-m MIB] [-t SECONDS | -n OPS] [-j THREADS] [-b MAX_KIB] [-r RANDOM_PERCENT] [-s SEED]\n"
			"           [-D no discards] [-e go on after I/O errors] DEVICE\n");
	return 2;
}
