// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_delay - delay the start of a function when certain programs call it
 *
 * Widens the window of a race so that a test hits it.  By default the CPU spins with
 * preemption disabled, so other CPUs go on, but RCU grace periods do not end.  With
 * sleep=1 the caller sleeps, which must be allowed in its context.
 *
 * A test that must not depend on timing sets sleep=1 and a long delay, waits until the
 * parameter delayed is 1, does the other step of the race and ends the delay with us=0.
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
MODULE_PARM_DESC(comm, "delay only tasks whose names begin with this");

static unsigned int us = 1000;
module_param(us, uint, 0600);
MODULE_PARM_DESC(us, "length of the delay in microseconds; at most 2000000 without sleep=1");

static bool sleep;
module_param(sleep, bool, 0400);
MODULE_PARM_DESC(sleep, "sleep instead of spinning");

static unsigned long hits;
module_param(hits, ulong, 0400);
MODULE_PARM_DESC(hits, "number of delays that have ended");

static atomic_t delayed;

static int show_delayed(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "%d\n", atomic_read(&delayed));
}

static const struct kernel_param_ops delayed_ops = { .get = show_delayed };
module_param_cb(delayed, &delayed_ops, NULL, 0400);
MODULE_PARM_DESC(delayed, "number of callers that are sleeping now");

#ifdef CONFIG_X86
/*
 * A kprobe handler must not sleep.  It redirects the function to zmem_delay_first, which
 * saves the arguments, sleeps, restores them and jumps back to the probed address.
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
	/* the jump back hits the probe again, which must not delay the task twice */
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

/* A post handler prevents optimization of the probe, after which it could not change ip */
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
