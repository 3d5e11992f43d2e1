// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_cmd - a command that idxd gives to its device becomes another one
 *
 * With a number that the device does not know, the device refuses the command: it
 * answers with an error and does nothing.
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

/* The command is the second argument, for which there is a name on x86 only */
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
