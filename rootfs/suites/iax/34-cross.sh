#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# MIB of distinct pages (4 in a short run) through each algorithm: the device decompresses
# its own output, zlib that of the device, and the device that of zlib. Above 64 MiB,
# software compresses one page in 16, since it takes most of the time.
# MIB: 4
# SHORT: 7.3
. /zmem/lib.sh
. /zmem/suites/iax/iax.sh
ix_load 2
mib=$(amount "$MIB" 4)
turns=$((mib > 64 ? 16 : 1))
for alg in deflate-iax deflate-iax-dynamic deflate-iax-canned; do
	comp=$(ix_stat compressed) decomp=$(ix_stat decompressed) large=$(ix_stat no_space)
	insmod_acomp alg=$alg batch=8 pages=$((mib * 256)) file=/bin/busybox cross=$turns
	run rmmod zmem_acomp
	comp=$(($(ix_stat compressed) - comp)) decomp=$(($(ix_stat decompressed) - decomp))
	large=$(($(ix_stat no_space) - large))
	echo "# $alg: $comp pages compressed, $large incompressible, $decomp decompressed"
	expect_eq "$alg: pages" $((comp + large)) $((mib * 256))
	# its own and those of zlib; some may be incompressible for zlib
	expect_ge "$alg: pages decompressed" "$decomp" $((comp + comp * 95 / turns / 100))
done
expect_eq "errors" "$(ix_stat errors)" 0
expect_eq "verified" "$(ix_stat verified)" "$(ix_stat compressed)"
ix_no_errors
ix_unload
