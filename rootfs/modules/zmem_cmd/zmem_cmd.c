// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_cmd - replace a command that idxd sends to its device
 *
 * If the number of the new command is unknown to the device, it rejects the command
 * with an error and does nothing.
 */
#include <linux/kprobes.h>
#include <linux/module.h>

static unsigned int from;
module_param(from, uint, 0400);
MODULE_PARM_DESC(from, "number of the command to replace");

static unsigned int to = 31;
module_param(to, uint, 0400);
MODULE_PARM_DESC(to, "number of the command that the device gets (default 31, unknown)");

static unsigned long hits;
module_param(hits, ulong, 0400);
MODULE_PARM_DESC(hits, "number of commands replaced");

/* The command is the second argument of idxd_cmd_exec(), which is in %rsi on x86-64 */
static int before(struct kprobe *p, struct pt_regs *regs)
{
#ifdef CONFIG_X86_64
	if ((unsigned int)regs->si == from) {
		regs->si = to;
		hits++;
	}
#endif
	return 0;
}

static struct kprobe probe = {
	.symbol_name = "idxd_cmd_exec",
	.pre_handler = before,
};

static int __init zmem_cmd_init(void)
{
	return IS_ENABLED(CONFIG_X86_64) && from ? register_kprobe(&probe) : -EINVAL;
}

static void __exit zmem_cmd_exit(void)
{
	unregister_kprobe(&probe);
}

module_init(zmem_cmd_init);
module_exit(zmem_cmd_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Makes a device refuse commands of idxd, for tests");
