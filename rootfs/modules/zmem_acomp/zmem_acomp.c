// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_acomp - measure the time per page of an acomp algorithm
 *
 * Loading the module compresses the pages of a file in requests of @batch pages,
 * decompresses them, compares every byte, and stores the results in parameters.
 * Loading fails if anything goes wrong.
 */
#include <crypto/acompress.h>
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/kernel_read_file.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

static char *alg = "deflate";
module_param(alg, charp, 0444);
MODULE_PARM_DESC(alg, "driver name of the algorithm");

static char *file;
module_param(file, charp, 0444);
MODULE_PARM_DESC(file, "path of the file with the data");

static unsigned int pages = 1024;
module_param(pages, uint, 0444);
MODULE_PARM_DESC(pages, "number of pages, a multiple of batch; the file is repeated if it is shorter");

static unsigned int batch = 1;
module_param(batch, uint, 0444);
MODULE_PARM_DESC(batch, "pages per request, 1 to 64");

static bool stream;
module_param(stream, bool, 0444);
MODULE_PARM_DESC(stream, "compress the pages of a request as one buffer into one stream");

static unsigned int cross;
module_param(cross, uint, 0444);
MODULE_PARM_DESC(cross, "decompress each page in software too, and decompress software's output for one page in cross; makes pages differ; 0: off");

static bool atomic;
module_param(atomic, bool, 0444);
MODULE_PARM_DESC(atomic, "submit requests that may not sleep, with bottom halves off");

static unsigned int pieces;
module_param(pieces, uint, 0444);
MODULE_PARM_DESC(pieces, "with one page per request: 1 uses two scatterlist entries for the source, 3 for source and destination");

static bool fail_fast;
module_param(fail_fast, bool, 0444);
MODULE_PARM_DESC(fail_fast, "submit requests with CRYPTO_ACOMP_REQ_FAIL_FAST");

static unsigned int pause_ms;
module_param(pause_ms, uint, 0444);
MODULE_PARM_DESC(pause_ms, "time between compression and decompression, in ms");

static unsigned long canceled;
module_param(canceled, ulong, 0444);
MODULE_PARM_DESC(canceled, "result: pages whose compression was not started");

static unsigned long comp_ns, decomp_ns, comp_bytes, no_room, late;
module_param(comp_ns, ulong, 0444);
MODULE_PARM_DESC(comp_ns, "result: ns per page compressed");
module_param(decomp_ns, ulong, 0444);
MODULE_PARM_DESC(decomp_ns, "result: ns per page decompressed");
module_param(comp_bytes, ulong, 0444);
MODULE_PARM_DESC(comp_bytes, "result: bytes after compression");
module_param(no_room, ulong, 0444);
MODULE_PARM_DESC(no_room, "result: pages that did not compress");
module_param(late, ulong, 0444);
MODULE_PARM_DESC(late, "result: requests that completed asynchronously");

static unsigned long call_us;
module_param(call_us, ulong, 0444);
MODULE_PARM_DESC(call_us, "result: with atomic, us of the longest call, without the time until a late completion");

#define MAX_BATCH	64

#ifndef CRYPTO_ACOMP_REQ_FAIL_FAST
#define CRYPTO_ACOMP_REQ_FAIL_FAST 0
#endif

static struct page *src[MAX_BATCH], *out[MAX_BATCH], *back[MAX_BATCH];
static struct scatterlist ssg[MAX_BATCH], dsg[MAX_BATCH];
static struct acomp_req *req;
static struct crypto_wait wait;

static int request(bool comp, unsigned int slen, unsigned int dlen)
{
	int err;
	u64 t = 0;

	acomp_request_set_params(req, ssg, dsg, slen, dlen);
#ifdef CRYPTO_ALG_REQ_SEG
	acomp_request_set_unit_size(req, batch > 1 && !stream ? PAGE_SIZE : 0);
#endif
	/* nothing may be added to what comp_ns measures */
	if (atomic) {
		t = ktime_get_ns();
		local_bh_disable();
	}
	err = comp ? crypto_acomp_compress(req) : crypto_acomp_decompress(req);
	if (atomic) {
		local_bh_enable();
		call_us = max_t(unsigned long, call_us, div_u64(ktime_get_ns() - t, 1000));
	}
	late += err == -EINPROGRESS || err == -EBUSY;
	return crypto_wait_req(err, &wait);
}

/* The same algorithm in software, to check that its streams and those of @alg are compatible */
static struct crypto_acomp *soft_tfm;
static struct acomp_req *soft;
static struct page *soft_page;
static struct crypto_wait soft_wait;

static int soft_init(const char *name)
{
	soft_tfm = crypto_alloc_acomp(name, 0, CRYPTO_ALG_ASYNC);
	if (IS_ERR(soft_tfm))
		return PTR_ERR(soft_tfm);
	soft = acomp_request_alloc(soft_tfm);
	soft_page = alloc_page(GFP_KERNEL);
	if (!soft || !soft_page)
		return -ENOMEM;
	crypto_init_wait(&soft_wait);
	acomp_request_set_callback(soft, CRYPTO_TFM_REQ_MAY_SLEEP, crypto_req_done, &soft_wait);
	return 0;
}

static void soft_exit(void)
{
	if (soft_page)
		__free_page(soft_page);
	if (soft)
		acomp_request_free(soft);
	if (!IS_ERR_OR_NULL(soft_tfm))
		crypto_free_acomp(soft_tfm);
}

/* Run @r from one buffer to another. Return: the length of the result or a negative errno */
static int piece(struct acomp_req *r, struct crypto_wait *w, bool comp,
		 void *from, unsigned int len, void *to, unsigned int room)
{
	struct scatterlist in, out;
	int err;

	sg_init_one(&in, from, len);
	sg_init_one(&out, to, room);
	acomp_request_set_params(r, &in, &out, len, room);
#ifdef CRYPTO_ALG_REQ_SEG
	acomp_request_set_unit_size(r, 0);
#endif
	err = crypto_wait_req(comp ? crypto_acomp_compress(r) : crypto_acomp_decompress(r), w);
	return err ?: r->dlen;
}

/*
 * Decompress the page in software. With @turn also compress it in software and decompress
 * that with the algorithm.
 */
static int cross_page(struct page *plain, struct page *packed, unsigned int len, struct page *to,
		      bool turn)
{
	int got = piece(soft, &soft_wait, false, page_address(packed), len, page_address(to), PAGE_SIZE);

	if (got != PAGE_SIZE || memcmp(page_address(plain), page_address(to), PAGE_SIZE))
		return -EILSEQ;
	if (!turn)
		return 0;
	got = piece(soft, &soft_wait, true, page_address(plain), PAGE_SIZE, page_address(soft_page), PAGE_SIZE);
	if (got < 0)
		return got == -ENOSPC || got == -EINVAL ? 0 : got;
	memset(page_address(to), 0x5a, PAGE_SIZE);
	got = piece(req, &wait, false, page_address(soft_page), got, page_address(to), PAGE_SIZE);
	if (got != PAGE_SIZE || memcmp(page_address(plain), page_address(to), PAGE_SIZE))
		return -EBADMSG;
	return 0;
}

/* Change a few words of the page so that no two pages are equal */
static void make_own(u32 *page, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < 8; i++)
		page[hash_32(nr * 8 + i, 10)] = hash_32(nr, 32) + i;
}

/*
 * The error of the request is that of the first page that failed. Pages that were canceled
 * because of it come last.
 */
static int check_order(int err, const unsigned int *len)
{
	unsigned int i;
	int first = 0;
	bool ended = false;

	for (i = 0; i < batch; i++) {
		bool over = (int)len[i] == -ECANCELED;

		if ((int)len[i] < 0 && !first)
			first = len[i];
		if ((over && (!fail_fast || first == -ECANCELED)) || (ended && !over))
			return -EPROTO;
		ended = over;
		canceled += over;
	}
	return first == err ? 0 : -EPROTO;
}

/* Compress and decompress the pages from @first to @first + @batch - 1 */
static int one_batch(const u8 *data, size_t file_pages, unsigned int first)
{
	unsigned int i, n, slen, len[MAX_BATCH];
	int err;
	u64 t;

	sg_init_table(ssg, batch);
	sg_init_table(dsg, batch);
	for (i = 0; i < batch; i++) {
		memcpy(page_address(src[i]), data + (first + i) % file_pages * PAGE_SIZE, PAGE_SIZE);
		if (cross)
			make_own(page_address(src[i]), first + i);
		sg_set_page(&ssg[i], src[i], PAGE_SIZE, 0);
		sg_set_page(&dsg[i], out[i], PAGE_SIZE, 0);
	}
	t = ktime_get_ns();
	err = request(true, batch * PAGE_SIZE, batch * PAGE_SIZE);
	comp_ns += ktime_get_ns() - t;
	if (batch == 1)
		dsg[0].length = err ?: req->dlen;
	for (i = 0; i < batch; i++)
		len[i] = dsg[i].length;
	if (check_order(err, len)) {
		pr_err("zmem_acomp: pages from %u: %d, and the first is %d\n", first, err, (int)len[0]);
		return -EPROTO;
	}
	msleep(pause_ms);
	for (i = 0, n = 0, slen = 0; i < batch; i++) {
		if ((int)len[i] == -ECANCELED)
			continue;
		/* unpatched iaa_crypto returns -E2BIG */
		if ((int)len[i] == -ENOSPC || (int)len[i] == -E2BIG) {
			no_room++;
			continue;
		}
		if ((int)len[i] <= 0 || len[i] > PAGE_SIZE) {
			pr_err("zmem_acomp: page %u: %d\n", first + i, (int)len[i]);
			return -EIO;
		}
		slen += len[i];
		n++;
	}
	comp_bytes += slen;
	if (!n)
		return 0;

	sg_init_table(ssg, n);
	sg_init_table(dsg, n);
	for (i = 0, n = 0; i < batch; i++) {
		if ((int)len[i] < 0)
			continue;
		sg_set_page(&ssg[n], out[i], len[i], 0);
		sg_set_page(&dsg[n++], back[i], PAGE_SIZE, 0);
	}
	t = ktime_get_ns();
	err = request(false, slen, n * PAGE_SIZE);
	decomp_ns += ktime_get_ns() - t;
	if (err) {
		pr_err("zmem_acomp: page %u: decompression: %d\n", first, err);
		return -EIO;
	}
	for (i = 0; i < batch; i++) {
		if ((int)len[i] >= 0 && memcmp(page_address(src[i]), page_address(back[i]), PAGE_SIZE)) {
			pr_err("zmem_acomp: page %u differs\n", first + i);
			return -EILSEQ;
		}
	}
	for (i = 0; cross && i < batch; i++) {
		if ((int)len[i] < 0)
			continue;
		err = cross_page(src[i], out[i], len[i], back[i], (first + i) % cross == 0);
		if (err) {
			pr_err("zmem_acomp: page %u: with software: %d\n", first + i, err);
			return err;
		}
	}
	return 0;
}

/*
 * Describe @len bytes of the page with one entry or, if @two is set, with two: the first
 * at the end of the page, the second at its beginning
 */
static void set_pieces(struct scatterlist *sg, struct page *page, unsigned int len, bool two)
{
	unsigned int cut = len / 3;

	if (!two) {
		sg_init_table(sg, 1);
		sg_set_page(sg, page, len, 0);
		return;
	}
	sg_init_table(sg, 2);
	sg_set_page(&sg[0], page, cut, PAGE_SIZE - cut);
	sg_set_page(&sg[1], page, len - cut, 0);
}

/* Compress and decompress a page with two scatterlist entries; compare with software */
static int one_in_pieces(const u8 *data, size_t file_pages, unsigned int nr)
{
	u8 *flat = page_address(back[1]);
	unsigned int len;
	int err;

	data += nr % file_pages * PAGE_SIZE;
	set_pieces(ssg, src[0], PAGE_SIZE, pieces & 1);
	sg_copy_from_buffer(ssg, sg_nents(ssg), data, PAGE_SIZE);
	memset(page_address(out[0]), 0x5a, PAGE_SIZE);
	set_pieces(dsg, out[0], PAGE_SIZE, pieces & 2);
	err = request(true, PAGE_SIZE, PAGE_SIZE);
	if (err == -ENOSPC || err == -E2BIG) {
		no_room++;
		return 0;
	}
	len = req->dlen;
	if (err || !len || len > PAGE_SIZE) {
		pr_err("zmem_acomp: page %u in pieces: %d, %u bytes\n", nr, err, len);
		return err ?: -EIO;
	}
	comp_bytes += len;
	sg_copy_to_buffer(dsg, sg_nents(dsg), flat, len);
	err = piece(soft, &soft_wait, false, flat, len, page_address(soft_page), PAGE_SIZE);
	if (err != PAGE_SIZE || memcmp(data, page_address(soft_page), PAGE_SIZE)) {
		pr_err("zmem_acomp: page %u in pieces was compressed to something else\n", nr);
		return -EILSEQ;
	}

	set_pieces(ssg, src[0], len, pieces & 1);
	sg_copy_from_buffer(ssg, sg_nents(ssg), flat, len);
	memset(page_address(back[0]), 0x5a, PAGE_SIZE);
	set_pieces(dsg, back[0], PAGE_SIZE, pieces & 2);
	err = request(false, len, PAGE_SIZE);
	if (err) {
		pr_err("zmem_acomp: page %u in pieces: decompression: %d\n", nr, err);
		return err;
	}
	sg_copy_to_buffer(dsg, sg_nents(dsg), flat, PAGE_SIZE);
	if (req->dlen != PAGE_SIZE || memcmp(data, flat, PAGE_SIZE)) {
		pr_err("zmem_acomp: page %u in pieces differs\n", nr);
		return -EILSEQ;
	}
	return 0;
}

/* Compress and decompress @batch pages as one buffer */
static int one_stream(const u8 *data, size_t file_pages, unsigned int first)
{
	const size_t size = batch * PAGE_SIZE;
	u8 *from = alloc_pages_exact(size, GFP_KERNEL), *to = alloc_pages_exact(size, GFP_KERNEL);
	u8 *again = alloc_pages_exact(size, GFP_KERNEL | __GFP_ZERO);
	unsigned int i, len;
	int err = -ENOMEM;
	u64 t;

	if (!from || !to || !again)
		goto free;
	for (i = 0; i < batch; i++)
		memcpy(from + i * PAGE_SIZE, data + (first + i) % file_pages * PAGE_SIZE, PAGE_SIZE);
	sg_init_one(&ssg[0], from, size);
	sg_init_one(&dsg[0], to, size);
	t = ktime_get_ns();
	err = request(true, size, size);
	comp_ns += ktime_get_ns() - t;
	if (err == -ENOSPC || err == -E2BIG) {
		no_room += batch;
		err = 0;
		goto free;
	}
	if (err)
		goto free;
	len = req->dlen;
	comp_bytes += len;
	sg_init_one(&ssg[0], to, len);
	sg_init_one(&dsg[0], again, size);
	t = ktime_get_ns();
	err = request(false, len, size);
	decomp_ns += ktime_get_ns() - t;
	if (!err && (req->dlen != size || memcmp(from, again, size)))
		err = -EILSEQ;
	if (!err && first / batch % 8 == 0) {
		memset(again, 0, size);
		err = piece(soft, &soft_wait, false, to, len, again, size);
		err = min(err, 0);
		if (!err && memcmp(from, again, size))
			err = -EILSEQ;
	}
	if (err)
		pr_err("zmem_acomp: pages %u to %u: %d\n", first, first + batch - 1, err);
free:
	if (from)
		free_pages_exact(from, size);
	if (to)
		free_pages_exact(to, size);
	if (again)
		free_pages_exact(again, size);
	return err;
}

static int __init zmem_acomp_init(void)
{
	struct crypto_acomp *tfm;
	void *data = NULL;
	unsigned int i;
	ssize_t size;
	int err;

	if (pieces && batch != 1)
		return -EINVAL;
	if (!file || !batch || batch > MAX_BATCH || !pages || pages % batch)
		return -EINVAL;
#ifndef CRYPTO_ALG_REQ_SEG
	if (batch > 1 && !stream)
		return -EOPNOTSUPP;
#endif
	size = kernel_read_file_from_path(file, 0, &data, 64 << 20, NULL, READING_UNKNOWN);
	if (size < 0)
		return size;
	err = -EINVAL;
	if (size < PAGE_SIZE)
		goto free_data;
	tfm = crypto_alloc_acomp(alg, 0, 0);
	err = PTR_ERR_OR_ZERO(tfm);
	if (err)
		goto free_data;
	err = -ENOMEM;
	req = acomp_request_alloc(tfm);
	if (!req)
		goto free_tfm;
	crypto_init_wait(&wait);
	acomp_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG | (atomic ? 0 : CRYPTO_TFM_REQ_MAY_SLEEP) |
				   (fail_fast ? CRYPTO_ACOMP_REQ_FAIL_FAST : 0),
				   crypto_req_done, &wait);
	for (i = 0; i < batch + !!pieces; i++) {
		src[i] = alloc_page(GFP_KERNEL);
		out[i] = alloc_page(GFP_KERNEL);
		back[i] = alloc_page(GFP_KERNEL);
		if (!src[i] || !out[i] || !back[i])
			goto free_pages;
	}
	err = stream || cross || pieces ? soft_init(crypto_tfm_alg_name(crypto_acomp_tfm(tfm))) : 0;
	for (i = 0; i < pages && !err; i += batch)
		err = stream ? one_stream(data, size / PAGE_SIZE, i) :
			pieces ? one_in_pieces(data, size / PAGE_SIZE, i) :
			one_batch(data, size / PAGE_SIZE, i);
	comp_ns /= pages;
	decomp_ns /= max(1UL, pages - no_room);
	soft_exit();
free_pages:
	for (i = 0; i < batch + !!pieces; i++) {
		if (src[i])
			__free_page(src[i]);
		if (out[i])
			__free_page(out[i]);
		if (back[i])
			__free_page(back[i]);
	}
	acomp_request_free(req);
free_tfm:
	crypto_free_acomp(tfm);
free_data:
	vfree(data);
	return err;
}

static void __exit zmem_acomp_exit(void)
{
}

module_init(zmem_acomp_init);
module_exit(zmem_acomp_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Measures an algorithm of the crypto API");
