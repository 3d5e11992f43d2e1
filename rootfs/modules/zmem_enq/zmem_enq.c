// SPDX-License-Identifier: GPL-2.0-only
/*
 * zmem_enq - check ENQCMDS and MOVDIR64B to the portals of the accelerator
 *
 * Loading the module submits descriptors from two CPUs at once and fails at the first
 * check that fails.  No driver may be bound to the device.  Linux itself does not use
 * shared WQs on an emulated CPU, because that has ENQCMD but not XSAVES.
 */
#include <asm/special_insns.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/io-64-nonatomic-lo-hi.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/pci.h>

#define CMD			0xa0
#define CMDSTS			0xa8
#define SWERR			0xc0
#define GRPCFG			0x400
#define WQCFG			0x800
#define RESET_DEVICE		5
#define ENABLE_DEVICE		1
#define ENABLE_WQ		6
#define DISABLE_WQ		7
#define STALL			(0x100 + 5 * 8)
#define REFUSE			(0x100 + 6 * 8)
#define EXTRA_NS		(0x100 + 9 * 8)

#define PORTAL(wq, page)	(((wq) * 4 + (page)) * 0x1000)
#define UNLIMITED		0
#define LIMITED			1
#define SHARED_WQ		0
#define DEDICATED_WQ		1
#define SHARED_SIZE		8
#define THRESHOLD		4
#define DEDICATED_SIZE		64
#define ENGINES			8

#define JOBS			4096	/* descriptors per CPU */
#define IN_FLIGHT		24	/* descriptors per CPU in the dedicated WQ */

static unsigned int leave;
module_param(leave, uint, 0444);
MODULE_PARM_DESC(leave, "instead of the checks, leave this many descriptors of 3 s in flight, 0 to 72");

struct desc {
	u32 who;
	u32 what;
	u64 record;
	u64 zero[6];
} __aligned(64);

struct record {
	u8 status;
	u8 rest[63];
};

static void __iomem *regs, *portals, *test_bar;
static struct pci_dev *pdev;
static struct record *records;
static dma_addr_t records_dma;
static unsigned int nr_cpus;

#define CHECK(cond, fmt, ...)							\
	do {									\
		if (!(cond)) {							\
			pr_err("zmem_enq: line %d: " fmt "\n", __LINE__, ##__VA_ARGS__);	\
			return -EINVAL;						\
		}								\
	} while (0)

static u32 command(u32 number, u32 operand)
{
	u32 status, tries = 0;

	writel(number << 20 | operand, regs + CMD);
	do {
		usleep_range(10, 20);
		status = readl(regs + CMDSTS);
	} while (status >> 31 && ++tries < 100000);
	return status;
}

static void describe(struct desc *d, unsigned int nr)
{
	memset(d, 0, sizeof(*d));
	d->what = 0x0c;		/* NOOP with a completion record */
	d->record = records_dma + nr * sizeof(struct record);
	WRITE_ONCE(records[nr].status, 0);
}

static int enqueue(int wq, int page, unsigned int nr)
{
	struct desc d;

	describe(&d, nr);
	return enqcmds(portals + PORTAL(wq, page), &d);
}

static bool done(unsigned int nr)
{
	unsigned int tries = 0;

	while (!READ_ONCE(records[nr].status) && ++tries < 1000000)
		cpu_relax();
	return READ_ONCE(records[nr].status) == 1;
}

static int set_up(void)
{
	CHECK(!command(RESET_DEVICE, 0), "reset");
	writel(SHARED_SIZE, regs + WQCFG);
	writel(THRESHOLD, regs + WQCFG + 4);
	writel(10 << 4, regs + WQCFG + 8);
	writel(21, regs + WQCFG + 12);
	writel(DEDICATED_SIZE, regs + WQCFG + 32);
	writel(10 << 4 | 1, regs + WQCFG + 40);
	writel(21, regs + WQCFG + 44);
	writeq(3, regs + GRPCFG);
	writeq(BIT(ENGINES) - 1, regs + GRPCFG + 32);
	CHECK(!command(ENABLE_DEVICE, 0), "enable: %#x", readl(regs + CMDSTS));
	CHECK(!command(ENABLE_WQ, SHARED_WQ), "shared queue: %#x", readl(regs + CMDSTS));
	CHECK(!command(ENABLE_WQ, DEDICATED_WQ), "dedicated queue: %#x", readl(regs + CMDSTS));
	return 0;
}

static int check_answers(void)
{
	unsigned int i, taken;
	struct desc d;

	CHECK(!enqueue(SHARED_WQ, UNLIMITED, 0) && done(0), "a job for the shared queue");
	CHECK(enqueue(DEDICATED_WQ, UNLIMITED, 0) == -EAGAIN, "ENQCMDS to a dedicated queue is taken");

	/* with stalled engines, each engine holds one descriptor and the WQ the others */
	writeq(BIT(ENGINES) - 1, test_bar + STALL);
	for (taken = 0; taken < 100 && !enqueue(SHARED_WQ, LIMITED, taken); taken++)
		;
	CHECK(taken == ENGINES + THRESHOLD, "limited portal takes %u", taken);
	for (; taken < 100 && !enqueue(SHARED_WQ, UNLIMITED, taken); taken++)
		;
	CHECK(taken == ENGINES + SHARED_SIZE, "queue takes %u", taken);
	writeq(0, test_bar + STALL);
	for (i = 0; i < taken; i++)
		CHECK(done(i), "job %u", i);

	writeq(1, test_bar + REFUSE);
	CHECK(enqueue(SHARED_WQ, UNLIMITED, 0) == -EAGAIN, "refusal on demand");
	CHECK(!enqueue(SHARED_WQ, UNLIMITED, 0) && done(0), "the next one");

	/* the device drops a posted write to a shared WQ and reports a software error */
	describe(&d, 1);
	movdir64b(portals + PORTAL(SHARED_WQ, UNLIMITED), &d);
	CHECK(readq(regs + SWERR) & 1, "no software error");
	writel(3, regs + SWERR);
	CHECK(!READ_ONCE(records[1].status), "MOVDIR64B to a shared queue is taken");

	CHECK(!command(DISABLE_WQ, 1 << SHARED_WQ), "disable");
	CHECK(enqueue(SHARED_WQ, UNLIMITED, 0) == -EAGAIN, "a disabled queue takes jobs");
	CHECK(!command(ENABLE_WQ, SHARED_WQ), "enable again");
	return 0;
}

/* Submit JOBS descriptors with a completion record each; none may be torn or lost */
static int submit_shared(void *arg)
{
	unsigned int first = (unsigned long)arg * JOBS, i;

	for (i = first; i < first + JOBS; i++)
		while (enqueue(SHARED_WQ, UNLIMITED, i))
			cond_resched();
	for (i = first; i < first + JOBS; i++)
		if (!done(i))
			return 1;
	return 0;
}

static int submit_dedicated(void *arg)
{
	unsigned int first = (unsigned long)arg * JOBS, i;
	struct desc d;

	for (i = first; i < first + JOBS; i++) {
		if (i >= first + IN_FLIGHT && !done(i - IN_FLIGHT))
			return 1;
		describe(&d, i);
		movdir64b(portals + PORTAL(DEDICATED_WQ, UNLIMITED), &d);
	}
	for (i = first; i < first + JOBS; i++)
		if (!done(i))
			return 1;
	return 0;
}

static int run_all(int (*fn)(void *arg), const char *what)
{
	struct task_struct *tasks[2] = { };
	unsigned int i;
	int bad = 0;

	for (i = 0; i < nr_cpus; i++) {
		tasks[i] = kthread_create(fn, (void *)(unsigned long)i, "zmem_enq/%u", i);
		if (IS_ERR(tasks[i]))
			return PTR_ERR(tasks[i]);
		kthread_bind(tasks[i], i);
		get_task_struct(tasks[i]);
	}
	for (i = 0; i < nr_cpus; i++)
		wake_up_process(tasks[i]);
	for (i = 0; i < nr_cpus; i++) {
		while (!READ_ONCE(tasks[i]->exit_state))
			msleep(20);
		bad += tasks[i]->exit_code != 0;
		put_task_struct(tasks[i]);
	}
	CHECK(!bad, "%s: jobs are lost or torn on %d processors", what, bad);
	CHECK(!(readq(regs + SWERR) & 1), "%s: software error %#llx", what, readq(regs + SWERR));
	return 0;
}

static int run_checks(void)
{
	int ret = set_up();

	ret = ret ?: check_answers();
	ret = ret ?: run_all(submit_shared, "ENQCMDS");
	ret = ret ?: run_all(submit_dedicated, "MOVDIR64B");
	writeq(0, test_bar + STALL);
	command(RESET_DEVICE, 0);
	return ret;
}

/* For tests that remove the device with descriptors in flight */
static int leave_jobs(void)
{
	struct desc d;
	unsigned int i;
	int ret = set_up();

	if (ret)
		return ret;
	writeq(3ULL * NSEC_PER_SEC, test_bar + EXTRA_NS);
	for (i = 0; i < leave; i++) {
		describe(&d, i);
		movdir64b(portals + PORTAL(DEDICATED_WQ, UNLIMITED), &d);
	}
	CHECK(readq(test_bar) >= leave, "%llu jobs taken", readq(test_bar));
	return 0;
}

static int __init zmem_enq_init(void)
{
	size_t size;
	int ret = -ENODEV;

	nr_cpus = min(num_online_cpus(), 2U);
	size = (size_t)nr_cpus * JOBS * sizeof(struct record);
	pdev = pci_get_device(PCI_VENDOR_ID_INTEL, 0x0cfe, NULL);
	if (!pdev || pci_enable_device(pdev))
		goto put;
	pci_set_master(pdev);
	ret = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64));
	if (ret)
		goto disable;
	ret = -ENOMEM;
	regs = pci_iomap(pdev, 0, 0);
	portals = pci_iomap(pdev, 2, 0);
	test_bar = pci_iomap(pdev, 4, 0);
	records = dma_alloc_coherent(&pdev->dev, size, &records_dma, GFP_KERNEL);
	if (regs && portals && test_bar && records)
		ret = leave ? leave_jobs() : run_checks();
	if (leave && !ret) {
		/* the device still writes to the records: keep them and bus mastering */
		pci_dev_put(pdev);
		return 0;
	}
	if (!ret)
		pr_info("zmem_enq: %u jobs by ENQCMDS and by MOVDIR64B on %u processors\n",
			nr_cpus * JOBS, nr_cpus);
	if (records)
		dma_free_coherent(&pdev->dev, size, records, records_dma);
	if (test_bar)
		pci_iounmap(pdev, test_bar);
	if (portals)
		pci_iounmap(pdev, portals);
	if (regs)
		pci_iounmap(pdev, regs);
disable:
	pci_clear_master(pdev);
	pci_disable_device(pdev);
put:
	pci_dev_put(pdev);
	return ret;
}

static void __exit zmem_enq_exit(void)
{
}

module_init(zmem_enq_init);
module_exit(zmem_enq_exit);
MODULE_DESCRIPTION("ENQCMDS and MOVDIR64B against portals, for tests");
MODULE_LICENSE("GPL");
