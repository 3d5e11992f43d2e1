// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_calls - count the calls of a function, those in softirq, and those that return 0
 */
#include <linux/atomic.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/sched.h>

static char *symbol;
module_param(symbol, charp, 0400);
MODULE_PARM_DESC(symbol, "name of the function; zeros needs one that returns an int");

static int pid;
module_param(pid, int, 0600);
MODULE_PARM_DESC(pid, "count the calls of this task only, 0 for all tasks");

static atomic_t calls, zeros, softirqs;

static int show_atomic(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%d\n", atomic_read(kp->arg));
}

static const struct kernel_param_ops atomic_ops = { .get = show_atomic };

module_param_cb(calls, &atomic_ops, &calls, 0400);
MODULE_PARM_DESC(calls, "number of calls that have returned");
module_param_cb(zeros, &atomic_ops, &zeros, 0400);
MODULE_PARM_DESC(zeros, "number of calls that returned 0");
module_param_cb(softirqs, &atomic_ops, &softirqs, 0400);
MODULE_PARM_DESC(softirqs, "number of calls in softirq context");

static int returned(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	int only = READ_ONCE(pid);

	if (only && only != current->pid)
		return 0;
	atomic_inc(&calls);
	if (!(int)regs_return_value(regs))
		atomic_inc(&zeros);
	if (in_serving_softirq())
		atomic_inc(&softirqs);
	return 0;
}

static struct kretprobe probe = { .handler = returned, .maxactive = 64 };

static int __init zmem_calls_init(void)
{
	if (!symbol)
		return -EINVAL;
	probe.kp.symbol_name = symbol;
	return register_kretprobe(&probe);
}

static void __exit zmem_calls_exit(void)
{
	unregister_kretprobe(&probe);
	if (probe.nmissed)
		pr_err("zmem_calls: %d calls missed\n", probe.nmissed);
}

module_init(zmem_calls_init);
module_exit(zmem_calls_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Counts calls of a function for tests");
