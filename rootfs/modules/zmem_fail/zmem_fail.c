// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_fail - register the compressor "zmemfail": lz4 with injected errors
 *
 * The parameters can be written while it is in use.
 */
#include <crypto/internal/scompress.h>
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/lz4.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/version.h>
#include <linux/vmalloc.h>

static unsigned int fail_every;
module_param(fail_every, uint, 0644);
MODULE_PARM_DESC(fail_every, "fail every n-th compression; 0: none");

static int fail_errno = EIO;
module_param(fail_errno, int, 0644);
MODULE_PARM_DESC(fail_errno, "errno to return, as a positive number");

static unsigned int fail_decomp_every;
module_param(fail_decomp_every, uint, 0644);
MODULE_PARM_DESC(fail_decomp_every, "fail every n-th decompression; 0: none");

static bool raw;
module_param(raw, bool, 0644);
MODULE_PARM_DESC(raw, "succeed with an uncompressed copy of the page");

static unsigned int delay_us;
module_param(delay_us, uint, 0644);
MODULE_PARM_DESC(delay_us, "delay of each call in microseconds, at most 1000");

static atomic_t compressed = ATOMIC_INIT(0), failed = ATOMIC_INIT(0), decompressed = ATOMIC_INIT(0);

static int show_atomic(char *buf, const struct kernel_param *kp)
{
	return sysfs_emit(buf, "%d\n", atomic_read((atomic_t *)kp->arg));
}

static const struct kernel_param_ops atomic_ops = { .get = show_atomic };
module_param_cb(calls, &atomic_ops, &compressed, 0444);
module_param_cb(failures, &atomic_ops, &failed, 0444);

static int zmem_fail_compress(struct crypto_scomp *tfm, const u8 *src, unsigned int slen,
			      u8 *dst, unsigned int *dlen, void *ctx)
{
	unsigned int nr = atomic_inc_return(&compressed), every = READ_ONCE(fail_every);
	int len;

	if (delay_us)
		udelay(min(delay_us, 1000U));
	if (every && nr % every == 0) {
		atomic_inc(&failed);
		return -fail_errno;
	}
	if (raw) {
		if (*dlen < slen)
			return -ENOSPC;
		memcpy(dst, src, slen);
		*dlen = slen;
		return 0;
	}
	len = LZ4_compress_default(src, dst, slen, *dlen, ctx);
	if (!len)
		return -ENOSPC;
	*dlen = len;
	return 0;
}

static int zmem_fail_decompress(struct crypto_scomp *tfm, const u8 *src, unsigned int slen,
				u8 *dst, unsigned int *dlen, void *ctx)
{
	unsigned int nr = atomic_inc_return(&decompressed), every = READ_ONCE(fail_decomp_every);
	int len;

	if (delay_us)
		udelay(min(delay_us, 1000U));
	if (every && nr % every == 0)
		return -fail_errno;
	if (slen == *dlen) {
		memcpy(dst, src, slen);
		return 0;
	}
	len = LZ4_decompress_safe(src, dst, slen, *dlen);
	if (len < 0)
		return -EINVAL;
	*dlen = len;
	return 0;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0)
static void *zmem_fail_alloc_ctx(void)
{
	void *ctx = vmalloc(LZ4_MEM_COMPRESS);

	return ctx ?: ERR_PTR(-ENOMEM);
}

static void zmem_fail_free_ctx(void *ctx)
{
	vfree(ctx);
}
#else
static void *zmem_fail_alloc_ctx(struct crypto_scomp *tfm)
{
	void *ctx = vmalloc(LZ4_MEM_COMPRESS);

	return ctx ?: ERR_PTR(-ENOMEM);
}

static void zmem_fail_free_ctx(struct crypto_scomp *tfm, void *ctx)
{
	vfree(ctx);
}
#endif

static struct scomp_alg zmem_fail_alg = {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0)
	.streams = {
		.alloc_ctx = zmem_fail_alloc_ctx,
		.free_ctx = zmem_fail_free_ctx,
	},
#else
	.alloc_ctx = zmem_fail_alloc_ctx,
	.free_ctx = zmem_fail_free_ctx,
#endif
	.compress = zmem_fail_compress,
	.decompress = zmem_fail_decompress,
	.base = {
		.cra_name = "zmemfail",
		.cra_driver_name = "zmemfail-scomp",
		.cra_module = THIS_MODULE,
	},
};

static int __init zmem_fail_init(void)
{
	return crypto_register_scomp(&zmem_fail_alg);
}

static void __exit zmem_fail_exit(void)
{
	crypto_unregister_scomp(&zmem_fail_alg);
}

module_init(zmem_fail_init);
module_exit(zmem_fail_exit);
MODULE_DESCRIPTION("Compressor that fails on demand, for tests");
MODULE_LICENSE("GPL");
