// SPDX-License-Identifier: GPL-2.0-only
/*
 * zipcomp - verified IPComp traffic over loopback
 *
 * Has the kernel compress all IPv4 traffic between 127.0.0.1 and 127.0.0.2 with IPComp and
 * deflate.  Then threads send echo requests with compressible payloads of random lengths and
 * compare the replies.  A request is compressed in the context of its thread; the request and
 * the reply are decompressed and the reply compressed in softirq.
 * Status 0 if every packet came back intact, 1 if one did not, 2 on wrong use or an error.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/xfrm.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "mix64.h"

#define CLIENT	0x7f000001
#define SERVER	0x7f000002
#define CPI	0x1000
#define MAX	32768

static struct {
	unsigned long seconds, threads, max, setup;
} opt = { .seconds = 5, .threads = 2, .max = 8192 };

static time_t end;

static void die(const char *what)
{
	perror(what);
	exit(2);
}

struct msg {
	struct nlmsghdr n;
	union {
		struct xfrm_usersa_info sa;
		struct xfrm_userpolicy_info pol;
	};
	char attrs[256];
};

static void attr(struct msg *m, int type, const void *data, size_t len)
{
	struct nlattr *a = (void *)((char *)m + NLMSG_ALIGN(m->n.nlmsg_len));

	a->nla_type = type;
	a->nla_len = NLA_HDRLEN + len;
	memcpy((char *)a + NLA_HDRLEN, data, len);
	m->n.nlmsg_len = NLMSG_ALIGN(m->n.nlmsg_len) + NLA_ALIGN(a->nla_len);
}

static void request(int fd, struct msg *m, const char *what)
{
	struct {
		struct nlmsghdr n;
		struct nlmsgerr e;
		char rest[1024];
	} answer;

	if (send(fd, m, m->n.nlmsg_len, 0) < 0 || recv(fd, &answer, sizeof(answer), 0) < 0)
		die(what);
	if (answer.n.nlmsg_type != NLMSG_ERROR || answer.e.error) {
		errno = -answer.e.error;
		die(what);
	}
}

static void no_limits(struct xfrm_lifetime_cfg *l)
{
	l->soft_byte_limit = l->hard_byte_limit = XFRM_INF;
	l->soft_packet_limit = l->hard_packet_limit = XFRM_INF;
}

static void add_state(int fd, uint32_t from, uint32_t to, uint32_t cpi)
{
	struct xfrm_algo alg = { .alg_name = "deflate" };
	struct msg m = { .n = {
		.nlmsg_len = NLMSG_LENGTH(sizeof(m.sa)),
		.nlmsg_type = XFRM_MSG_NEWSA,
		.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL,
	} };

	m.sa.sel.family = m.sa.family = AF_INET;
	m.sa.id.daddr.a4 = htonl(to);
	m.sa.id.spi = htonl(cpi);
	m.sa.id.proto = IPPROTO_COMP;
	m.sa.saddr.a4 = htonl(from);
	m.sa.mode = XFRM_MODE_TRANSPORT;
	no_limits(&m.sa.lft);
	attr(&m, XFRMA_ALG_COMP, &alg, sizeof(alg));
	request(fd, &m, "XFRM_MSG_NEWSA");
}

static void add_policy(int fd, uint32_t from, uint32_t to, int dir)
{
	struct xfrm_user_tmpl tmpl = {
		.id.daddr.a4 = htonl(to),
		.id.proto = IPPROTO_COMP,
		.family = AF_INET,
		.saddr.a4 = htonl(from),
		.mode = XFRM_MODE_TRANSPORT,
		.optional = dir == XFRM_POLICY_IN,
		.aalgos = ~0, .ealgos = ~0, .calgos = ~0,
	};
	struct msg m = { .n = {
		.nlmsg_len = NLMSG_LENGTH(sizeof(m.pol)),
		.nlmsg_type = XFRM_MSG_NEWPOLICY,
		.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL,
	} };

	m.pol.sel.family = AF_INET;
	m.pol.sel.saddr.a4 = htonl(from);
	m.pol.sel.daddr.a4 = htonl(to);
	m.pol.sel.prefixlen_s = m.pol.sel.prefixlen_d = 32;
	m.pol.dir = dir;
	m.pol.action = XFRM_POLICY_ALLOW;
	m.pol.share = XFRM_SHARE_ANY;
	no_limits(&m.pol.lft);
	attr(&m, XFRMA_TMPL, &tmpl, sizeof(tmpl));
	request(fd, &m, "XFRM_MSG_NEWPOLICY");
}

static void put(const char *file, const char *value)
{
	FILE *f = fopen(file, "w");

	if (!f || fputs(value, f) < 0 || fclose(f))
		die(file);
}

static void setup(void)
{
	struct ifreq ifr = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &ifr))
		die("lo");
	ifr.ifr_flags |= IFF_UP;
	if (ioctl(fd, SIOCSIFFLAGS, &ifr))
		die("lo up");
	close(fd);
	put("/proc/sys/net/ipv4/conf/lo/disable_xfrm", "0");
	put("/proc/sys/net/ipv4/conf/lo/disable_policy", "0");
	/* sockets for echo requests that get their own replies only */
	put("/proc/sys/net/ipv4/ping_group_range", "0 2147483647");

	fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_XFRM);
	if (fd < 0)
		die("NETLINK_XFRM");
	add_state(fd, CLIENT, SERVER, CPI);
	add_state(fd, SERVER, CLIENT, CPI + 1);
	for (int dir = XFRM_POLICY_IN; dir <= XFRM_POLICY_OUT; dir++) {
		add_policy(fd, CLIENT, SERVER, dir);
		add_policy(fd, SERVER, CLIENT, dir);
	}
	close(fd);
}

static uint16_t checksum(const void *data, size_t len)
{
	const uint8_t *p = data;
	uint32_t sum = 0;

	for (size_t i = 0; i < len; i += 2)
		sum += p[i] << 8 | (i + 1 < len ? p[i + 1] : 0);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons(~sum);
}

/* words of a small vocabulary: about as compressible as text */
static void payload(uint8_t *to, size_t len, uint64_t key)
{
	for (size_t i = 0; i < len; i++) {
		uint64_t word = mix64(key + i / 8) % 97;

		to[i] = mix64(word ^ key << 8) >> (i % 8 * 8);
	}
}

struct thread {
	pthread_t thread;
	unsigned long nr, packets;
	uint64_t bytes;
	int failed;
};

static void *echo(void *arg)
{
	struct sockaddr_in me = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(CLIENT) };
	struct sockaddr_in peer = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(SERVER) };
	int fd = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP), size = 1 << 20;
	struct timeval limit = { .tv_sec = 30 };
	static __thread uint8_t out[MAX + 64], in[MAX + 64];
	struct icmphdr *h = (void *)out;
	struct thread *t = arg;

	if (fd < 0 || bind(fd, (void *)&me, sizeof(me)) || connect(fd, (void *)&peer, sizeof(peer)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)))
		die("ping socket");

	while (time(NULL) < end) {
		uint64_t key = mix64((uint64_t)t->nr << 32 | t->packets);
		size_t len = 200 + key % (opt.max - 199);
		uint16_t seq = htons(t->packets);
		ssize_t got;

		memset(h, 0, sizeof(*h));
		h->type = ICMP_ECHO;
		h->un.echo.sequence = seq;
		payload(out + sizeof(*h), len, key);
		h->checksum = checksum(out, sizeof(*h) + len);
		if (send(fd, out, sizeof(*h) + len, 0) < 0)
			die("send");
		for (;;) {
			struct icmphdr *r = (void *)in;

			got = recv(fd, in, sizeof(in), 0);
			if (got < 0) {
				fprintf(stderr, "no reply to packet %lu of %zu bytes: %s\n", t->packets, len, strerror(errno));
				t->failed = 1;
				return NULL;
			}
			/* a reply to an earlier request */
			if (got < (ssize_t)sizeof(*r) || r->un.echo.sequence != seq)
				continue;
			if ((size_t)got != sizeof(*r) + len || memcmp(r + 1, h + 1, len)) {
				fprintf(stderr, "packet %lu of %zu bytes has come back differently\n", t->packets, len);
				t->failed = 1;
				return NULL;
			}
			break;
		}
		t->packets++;
		t->bytes += len;
	}
	close(fd);
	return NULL;
}

int main(int argc, char **argv)
{
	static struct thread threads[64];
	unsigned long packets = 0;
	uint64_t bytes = 0;
	int c, failed = 0;

	while ((c = getopt(argc, argv, "in:t:s:")) != -1) {
		switch (c) {
		case 'i': opt.setup = 1; break;
		case 'n': opt.threads = strtoul(optarg, NULL, 0); break;
		case 't': opt.seconds = strtoul(optarg, NULL, 0); break;
		case 's': opt.max = strtoul(optarg, NULL, 0); break;
		default: optind = argc + 1;
		}
	}
	if (optind != argc || !opt.threads || opt.threads > 64 || opt.max < 200 || opt.max > MAX) {
		fprintf(stderr, "usage: zipcomp [-i set up first] [-n threads] [-t seconds] [-s longest payload, 200 to %d bytes]\n", MAX);
		return 2;
	}
	if (opt.setup)
		setup();
	end = time(NULL) + opt.seconds;
	for (unsigned long i = 0; i < opt.threads; i++) {
		threads[i].nr = i;
		if (pthread_create(&threads[i].thread, NULL, echo, &threads[i]))
			die("thread");
	}
	for (unsigned long i = 0; i < opt.threads; i++) {
		pthread_join(threads[i].thread, NULL);
		failed |= threads[i].failed;
		packets += threads[i].packets;
		bytes += threads[i].bytes;
	}
	printf("%lu packets, %llu bytes came back intact\n", packets, (unsigned long long)bytes);
	return failed;
}
