// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_sleep - register the compressor "zmemsleep": lz4 that allocates memory
 *
 * Like drivers of accelerators, it allocates memory for each request, with GFP_KERNEL
 * if the request may sleep and with GFP_ATOMIC if not.
 */
#include <crypto/internal/acompress.h>
#include <linux/atomic.h>
#include <linux/lz4.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/scatterlist.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

static atomic_t compressed, decompressed, may_sleep, may_swap;

static int show_atomic(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%d\n", atomic_read((atomic_t *)kp->arg));
}

static const struct kernel_param_ops atomic_ops = { .get = show_atomic };
module_param_cb(compressed, &atomic_ops, &compressed, 0444);
MODULE_PARM_DESC(compressed, "number of compression requests");
module_param_cb(decompressed, &atomic_ops, &decompressed, 0444);
MODULE_PARM_DESC(decompressed, "number of decompression requests");
module_param_cb(may_sleep, &atomic_ops, &may_sleep, 0444);
MODULE_PARM_DESC(may_sleep, "number of requests that may sleep");
module_param_cb(may_swap, &atomic_ops, &may_swap, 0444);
MODULE_PARM_DESC(may_swap, "number of requests whose allocation may swap pages out");

/* Protects the buffers */
static DEFINE_MUTEX(lock);
static u8 in[PAGE_SIZE], out[PAGE_SIZE], table[LZ4_MEM_COMPRESS];

/* Allocate as much as a driver needs for its scatterlists */
static void allocate(struct acomp_req *req)
{
	gfp_t gfp = GFP_ATOMIC;

	if (req->base.flags & CRYPTO_TFM_REQ_MAY_SLEEP) {
		gfp = GFP_KERNEL;
		atomic_inc(&may_sleep);
		if (!(current->flags & PF_MEMALLOC) && current_gfp_context(gfp) & __GFP_IO)
			atomic_inc(&may_swap);
	}
	kfree(kmalloc(256, gfp | __GFP_NOWARN));
}

static int run(struct acomp_req *req, bool comp)
{
	unsigned int slen = req->slen, room = min_t(unsigned int, req->dlen, PAGE_SIZE);
	int len;

	atomic_inc(comp ? &compressed : &decompressed);
	if (slen > PAGE_SIZE)
		return -EINVAL;
	allocate(req);

	mutex_lock(&lock);
	sg_copy_to_buffer(req->src, sg_nents_for_len(req->src, slen), in, slen);
	if (comp)
		len = LZ4_compress_default(in, out, slen, room, table) ?: -ENOSPC;
	else
		len = LZ4_decompress_safe(in, out, slen, room);
	if (len > 0)
		sg_copy_from_buffer(req->dst, sg_nents_for_len(req->dst, len), out, len);
	mutex_unlock(&lock);
	if (len < 0)
		return comp ? len : -EINVAL;
	req->dlen = len;
	return 0;
}

static int zmem_sleep_compress(struct acomp_req *req)
{
	return run(req, true);
}

static int zmem_sleep_decompress(struct acomp_req *req)
{
	return run(req, false);
}

static struct acomp_alg zmem_sleep_alg = {
	.compress = zmem_sleep_compress,
	.decompress = zmem_sleep_decompress,
	.base = {
		.cra_name = "zmemsleep",
		.cra_driver_name = "zmemsleep-acomp",
		.cra_module = THIS_MODULE,
	},
};

static int __init zmem_sleep_init(void)
{
	return crypto_register_acomp(&zmem_sleep_alg);
}

static void __exit zmem_sleep_exit(void)
{
	crypto_unregister_acomp(&zmem_sleep_alg);
}

module_init(zmem_sleep_init);
module_exit(zmem_sleep_exit);
MODULE_DESCRIPTION("Compressor that allocates memory, for tests");
MODULE_LICENSE("GPL");
