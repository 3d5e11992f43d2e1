// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_faults - bugs for the bench's selftest that LKDTM does not have
 *
 * Loading the module with fault=NAME triggers one.
 */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static char *fault = "";
module_param(fault, charp, 0);
MODULE_PARM_DESC(fault, "abba, softirq, sleep, uaf, race, lockdep-off, leak or unmap");

static DEFINE_MUTEX(zmem_a);
static DEFINE_MUTEX(zmem_b);

static void fault_abba(void)
{
	mutex_lock(&zmem_a);
	mutex_lock(&zmem_b);
	mutex_unlock(&zmem_b);
	mutex_unlock(&zmem_a);

	mutex_lock(&zmem_b);
	mutex_lock(&zmem_a);
	mutex_unlock(&zmem_a);
	mutex_unlock(&zmem_b);
}

static DEFINE_SPINLOCK(zmem_lock);

static void zmem_timer_fn(struct timer_list *t)
{
	spin_lock(&zmem_lock);
	spin_unlock(&zmem_lock);
}

static DEFINE_TIMER(zmem_timer, zmem_timer_fn);

/* Take a lock in softirq context and elsewhere with softirqs enabled */
static void fault_softirq(void)
{
	mod_timer(&zmem_timer, jiffies + 1);
	msleep(100);
	spin_lock(&zmem_lock);
	spin_unlock(&zmem_lock);
}

static void fault_sleep(void)
{
	spin_lock(&zmem_lock);
	msleep(20);
	spin_unlock(&zmem_lock);
}

static void fault_uaf(void)
{
	volatile char *p = kmalloc(64, GFP_KERNEL);

	if (!p)
		return;
	kfree((void *)p);
	pr_info("zmem_faults: read %d\n", p[8]);
}

static unsigned long zmem_shared;

static int racer(void *unused)
{
	while (!kthread_should_stop()) {
		int i;

		for (i = 0; i < 1000; i++)
			*(volatile unsigned long *)&zmem_shared = zmem_shared + 1;
		cond_resched();
	}
	return 0;
}

static void fault_race(void)
{
	struct task_struct *a = kthread_run(racer, NULL, "racer_a");
	struct task_struct *b = kthread_run(racer, NULL, "racer_b");

	msleep(5000);
	if (!IS_ERR(a))
		kthread_stop(a);
	if (!IS_ERR(b))
		kthread_stop(b);
}

/* Turn lockdep off without a report on the console */
static void fault_lockdep_off(void)
{
	add_taint(TAINT_WARN, LOCKDEP_NOW_UNRELIABLE);
}

/* Lose the only pointer to an allocation */
static void fault_leak(void)
{
	void *volatile lost = kmalloc(64, GFP_KERNEL);

	lost = NULL;
}

/* Unmap a DMA mapping twice */
static void fault_unmap(void)
{
	struct platform_device *pdev = platform_device_register_simple("zmem_faults", -1, NULL, 0);
	void *p = kmalloc(64, GFP_KERNEL);
	dma_addr_t addr;

	if (IS_ERR(pdev) || !p)
		goto out;
	addr = dma_map_single(&pdev->dev, p, 64, DMA_TO_DEVICE);
	if (!dma_mapping_error(&pdev->dev, addr)) {
		dma_unmap_single(&pdev->dev, addr, 64, DMA_TO_DEVICE);
		dma_unmap_single(&pdev->dev, addr, 64, DMA_TO_DEVICE);
	}
out:
	kfree(p);
	if (!IS_ERR(pdev))
		platform_device_unregister(pdev);
}

static const struct {
	const char *name;
	void (*commit)(void);
} faults[] = {
	{ "abba", fault_abba },
	{ "softirq", fault_softirq },
	{ "sleep", fault_sleep },
	{ "uaf", fault_uaf },
	{ "race", fault_race },
	{ "lockdep-off", fault_lockdep_off },
	{ "leak", fault_leak },
	{ "unmap", fault_unmap },
};

static int __init zmem_faults_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		if (!strcmp(fault, faults[i].name)) {
			faults[i].commit();
			return 0;
		}
	}
	return -EINVAL;
}

static void __exit zmem_faults_exit(void)
{
}

module_init(zmem_faults_init);
module_exit(zmem_faults_exit);
MODULE_DESCRIPTION("Faults for the bench's test of itself");
MODULE_LICENSE("GPL");
