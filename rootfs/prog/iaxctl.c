// SPDX-License-Identifier: GPL-2.0-only
/*
 * iaxctl - the emulated accelerator's statistics and faults on demand
 *
 * The numbers are those of BAR 4 of "-device intel-iax,x-test-bar=on": see
 * docs/specs/intel-iax.rst of the QEMU series.  Statistics are at 0, what can
 * be set at 0x100, 8 bytes each.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SET_AT 0x100

static const char *const stats[] = {
	"submitted", "completed", "failed", "aborted", "refused",
	"compress-jobs", "compress-in", "compress-out",
	"decompress-jobs", "decompress-in", "decompress-out",
	"interrupts", "faults",
};

static const char *const knobs[] = {
	"fault-kind", "fault-status", "fault-error", "fault-after", "fault-count",
	"stall-engines", "refuse-enqcmd", "lose-interrupts", "late-ns", "extra-ns", "halt",
};

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* A device that decodes no memory reads as anything: its driver is not loaded */
static void check_memory(const char *resource)
{
	char path[256];
	uint16_t command = 0;
	int fd;

	snprintf(path, sizeof(path), "%.*sconfig", (int)(strlen(resource) - strlen("resource4")),
		 resource);
	fd = open(path, O_RDONLY);
	if (fd < 0 || pread(fd, &command, 2, 4) != 2 || !(command & 2)) {
		fprintf(stderr, "iaxctl: %s: memory is off: load idxd first\n", path);
		exit(2);
	}
	close(fd);
}

/* The first accelerator that has a test BAR */
static void find_device(char *path, size_t size)
{
	glob_t found;
	size_t i;

	if (glob("/sys/bus/pci/devices/*/resource4", 0, NULL, &found))
		found.gl_pathc = 0;
	for (i = 0; i < found.gl_pathc; i++) {
		const char *p = found.gl_pathv[i];
		unsigned int vendor = 0, id = 0;
		char config[256];
		FILE *f;

		snprintf(config, sizeof(config), "%.*suevent", (int)(strlen(p) - strlen("resource4")), p);
		f = fopen(config, "r");
		while (f && fgets(config, sizeof(config), f))
			if (sscanf(config, "PCI_ID=%x:%x", &vendor, &id) == 2)
				break;
		if (f)
			fclose(f);
		if (vendor == 0x8086 && id == 0x0cfe) {
			snprintf(path, size, "%s", p);
			return;
		}
	}
	fprintf(stderr, "iaxctl: no device with a test BAR\n");
	exit(2);
}

static volatile uint64_t *map_bar(const char *device)
{
	char path[256];
	void *p;
	int fd;

	if (device)
		snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/resource4", device);
	else
		find_device(path, sizeof(path));
	check_memory(path);
	fd = open(path, O_RDWR | O_SYNC);
	if (fd < 0) {
		fprintf(stderr, "iaxctl: %s: %s\n", path, strerror(errno));
		exit(2);
	}
	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED) {
		fprintf(stderr, "iaxctl: %s: %s\n", path, strerror(errno));
		exit(2);
	}
	return p;
}

/* Index of the first LEN characters of NAME in a list, or -1 */
static int find(const char *const *list, unsigned int n, const char *name, size_t len)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (strlen(list[i]) == len && !strncmp(list[i], name, len))
			return i;
	return -1;
}

int main(int argc, char **argv)
{
	volatile uint64_t *bar;
	const char *device = NULL;
	unsigned int i;
	int c, k;

	while ((c = getopt(argc, argv, "d:")) != -1) {
		if (c != 'd')
			goto usage;
		device = optarg;
	}
	bar = map_bar(device);
	if (optind == argc) {
		for (i = 0; i < N(stats); i++)
			printf("%s %llu\n", stats[i], (unsigned long long)bar[i]);
		return 0;
	}
	for (; optind < argc; optind++) {
		char *arg = argv[optind], *eq = strchr(arg, '='), *end;
		unsigned long long v;

		if (!eq) {
			k = find(stats, N(stats), arg, strlen(arg));
			if (k >= 0) {
				printf("%llu\n", (unsigned long long)bar[k]);
				continue;
			}
			k = find(knobs, N(knobs), arg, strlen(arg));
			if (k < 0)
				goto usage;
			printf("%llu\n", (unsigned long long)bar[SET_AT / 8 + k]);
			continue;
		}
		k = find(knobs, N(knobs), arg, eq - arg);
		v = strtoull(eq + 1, &end, 0);
		if (k < 0 || *end || end == eq + 1)
			goto usage;
		bar[SET_AT / 8 + k] = v;
	}
	return 0;
usage:
	fprintf(stderr, "usage: iaxctl [-d PCI_ADDRESS] [NAME | NAME=VALUE]...\n"
		"without names: all statistics\n");
	return 2;
}
