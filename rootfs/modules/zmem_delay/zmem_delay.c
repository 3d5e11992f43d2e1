// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_delay - a function begins later, when certain programs call it
 *
 * Makes the time between two steps of a race long enough to be hit.  The other
 * processors go on meanwhile.
 */
#include <linux/delay.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>

static char *symbol;
module_param(symbol, charp, 0400);
MODULE_PARM_DESC(symbol, "name of the function");

static char *comm;
module_param(comm, charp, 0400);
MODULE_PARM_DESC(comm, "only for programs and threads whose names begin so");

static unsigned int us = 1000;
module_param(us, uint, 0600);
MODULE_PARM_DESC(us, "how long, in microseconds, 2000000 at most");

static unsigned long hits;
module_param(hits, ulong, 0400);
MODULE_PARM_DESC(hits, "how often it was so");

static int before(struct kprobe *p, struct pt_regs *regs)
{
	if (!strstarts(current->comm, comm))
		return 0;
	mdelay(min(us, 2000000U) / 1000);
	udelay(min(us, 2000000U) % 1000);
	hits++;
	return 0;
}

static struct kprobe probe = { .pre_handler = before };

static int __init zmem_delay_init(void)
{
	if (!symbol || !comm)
		return -EINVAL;
	probe.symbol_name = symbol;
	return register_kprobe(&probe);
}

static void __exit zmem_delay_exit(void)
{
	unregister_kprobe(&probe);
}

module_init(zmem_delay_init);
module_exit(zmem_delay_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Delays a function for tests");
