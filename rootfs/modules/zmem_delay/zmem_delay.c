// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_delay - a function begins later, when certain programs call it
 *
 * Makes the time between two steps of a race long enough to be hit.  The other
 * processors go on meanwhile, but not RCU.  With sleep=1 the caller sleeps, which it must be
 * allowed to do, and RCU goes on as well.
 *
 * A test that must not depend on time sets sleep=1 and a long delay, waits until somebody is
 * delayed (delayed), does what is to come first and ends the delay (us=0).
 */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
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
MODULE_PARM_DESC(us, "how long, in microseconds; without sleep=1 2000000 at most");

static bool sleep;
module_param(sleep, bool, 0400);
MODULE_PARM_DESC(sleep, "do not keep the processor busy");

static unsigned long hits;
module_param(hits, ulong, 0400);
MODULE_PARM_DESC(hits, "delays that have ended");

static atomic_t delayed;

static int show_delayed(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "%d\n", atomic_read(&delayed));
}

static const struct kernel_param_ops delayed_ops = { .get = show_delayed };
module_param_cb(delayed, &delayed_ops, NULL, 0400);
MODULE_PARM_DESC(delayed, "callers that sleep at this moment");

#ifdef CONFIG_X86
/*
 * A probe must not sleep: it lets the function begin in zmem_delay_first instead, which
 * sleeps with the arguments saved and goes to where the function was probed.
 */
void zmem_delay_first(void);
void zmem_delay_sleep(void);
void *zmem_delay_back;
static struct task_struct *slept;

void zmem_delay_sleep(void)
{
	unsigned long start = jiffies;

	atomic_inc(&delayed);
	while (time_before(jiffies, start + usecs_to_jiffies(READ_ONCE(us))))
		msleep(1);
	atomic_dec(&delayed);
	hits++;
	/* the probe is hit once more */
	WRITE_ONCE(slept, current);
	module_put(THIS_MODULE);
}

asm(".text\n"
    ".globl zmem_delay_first\n"
    "zmem_delay_first:\n"
#ifdef CONFIG_X86_64
    "	push %rdi\n	push %rsi\n	push %rdx\n	push %rcx\n"
    "	push %r8\n	push %r9\n	push %rax\n"
    "	call zmem_delay_sleep\n"
    "	pop %rax\n	pop %r9\n	pop %r8\n"
    "	pop %rcx\n	pop %rdx\n	pop %rsi\n	pop %rdi\n"
    "	jmp *zmem_delay_back(%rip)\n"
#else
    "	push %eax\n	push %edx\n	push %ecx\n"
    "	call zmem_delay_sleep\n"
    "	pop %ecx\n	pop %edx\n	pop %eax\n"
    "	jmp *zmem_delay_back\n"
#endif
);

static bool go_to_sleep(struct kprobe *p, struct pt_regs *regs)
{
	if (READ_ONCE(slept) == current) {
		WRITE_ONCE(slept, NULL);
		return false;
	}
	if (!try_module_get(THIS_MODULE))
		return false;
	zmem_delay_back = p->addr;
	regs->ip = (unsigned long)zmem_delay_first;
	return true;
}
#else
static bool go_to_sleep(struct kprobe *p, struct pt_regs *regs)
{
	return false;
}
#endif

static int before(struct kprobe *p, struct pt_regs *regs)
{
	if (!strstarts(current->comm, comm))
		return 0;
	if (sleep)
		return go_to_sleep(p, regs);
	mdelay(min(us, 2000000U) / 1000);
	udelay(min(us, 2000000U) % 1000);
	hits++;
	return 0;
}

/* With this the probe is not optimized: then it could not change where to go on */
static void after(struct kprobe *p, struct pt_regs *regs, unsigned long flags)
{
}

static struct kprobe probe = { .pre_handler = before };

static int __init zmem_delay_init(void)
{
	if (!symbol || !comm)
		return -EINVAL;
	if (sleep)
		probe.post_handler = after;
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
