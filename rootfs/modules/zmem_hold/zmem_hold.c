// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_hold - an idxd driver that submits one descriptor to each of its WQs
 *
 * It does not wait for the descriptor, so that unbinding the WQ has to drain it.  Write
 * "hold" to driver_name to use it.
 */
#include <linux/cleanup.h>
#include <linux/module.h>
#include <linux/version.h>

#if IS_ENABLED(CONFIG_INTEL_IDXD)
#include <linux/percpu-refcount.h>
#include <uapi/linux/idxd.h>
#include "idxd.h"

static int put_job(struct idxd_wq *wq)
{
	struct idxd_desc *desc = idxd_alloc_desc(wq, IDXD_OP_BLOCK);

	if (IS_ERR(desc))
		return PTR_ERR(desc);
	memset(desc->hw, 0, sizeof(*desc->hw));
	desc->hw->opcode = IAX_OPCODE_NOOP;
	desc->hw->flags = IDXD_OP_FLAG_CRAV | IDXD_OP_FLAG_RCR;
	desc->hw->completion_addr = desc->compl_dma;
	desc->hw->priv = 1;
	/* the descriptor is freed with the WQ */
	return idxd_submit_desc(wq, desc);
}

static int hold_probe(struct idxd_dev *idxd_dev)
{
	struct idxd_wq *wq = idxd_dev_to_wq(idxd_dev);
	int err;

	if (wq->idxd->state != IDXD_DEV_ENABLED)
		return -ENXIO;
	guard(mutex)(&wq->wq_lock);
	if (!idxd_wq_driver_name_match(wq, &idxd_dev->conf_dev))
		return -ENODEV;
	wq->type = IDXD_WQT_KERNEL;
	err = idxd_drv_enable_wq(wq);
	if (err)
		goto no_type;
	err = put_job(wq);
	if (err)
		goto disable;
	return 0;

disable:
	__idxd_wq_quiesce(wq);
	idxd_drv_disable_wq(wq);
no_type:
	wq->type = IDXD_WQT_NONE;
	return err;
}

static void hold_remove(struct idxd_dev *idxd_dev)
{
	struct idxd_wq *wq = idxd_dev_to_wq(idxd_dev);

	guard(mutex)(&wq->wq_lock);
	__idxd_wq_quiesce(wq);
	idxd_drv_disable_wq(wq);
	wq->type = IDXD_WQT_NONE;
}

static enum idxd_dev_type hold_types[] = { IDXD_DEV_WQ, IDXD_DEV_NONE };
static struct idxd_device_driver hold_driver = {
	.name = "hold",
	.type = hold_types,
	.probe = hold_probe,
	.remove = hold_remove,
};
module_idxd_driver(hold_driver);

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
MODULE_IMPORT_NS(IDXD);
#else
MODULE_IMPORT_NS("IDXD");
#endif
#endif
MODULE_DESCRIPTION("One job in each queue");
MODULE_LICENSE("GPL");
