// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_lock - hold the device lock of a PCI function for a while
 *
 * The same lock is held while the function is bound, removed or reset.  Loading the
 * module takes the lock, sleeps and releases it.
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/module.h>
#include <linux/pci.h>

static char *function;
module_param(function, charp, 0400);
MODULE_PARM_DESC(function, "name of the function, as in 0000:01:00.0");

static unsigned int ms = 1000;
module_param(ms, uint, 0400);
MODULE_PARM_DESC(ms, "time to hold the lock in milliseconds, at most 10000");

static bool held;
module_param(held, bool, 0400);
MODULE_PARM_DESC(held, "whether the lock is held now");

static int __init zmem_lock_init(void)
{
	struct device *dev;

	if (!function)
		return -EINVAL;
	dev = bus_find_device_by_name(&pci_bus_type, NULL, function);
	if (!dev)
		return -ENODEV;
	device_lock(dev);
	WRITE_ONCE(held, true);
	msleep(min(ms, 10000U));
	WRITE_ONCE(held, false);
	device_unlock(dev);
	put_device(dev);
	return 0;
}

static void __exit zmem_lock_exit(void)
{
}

module_init(zmem_lock_init);
module_exit(zmem_lock_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Locks a PCI function for tests");
