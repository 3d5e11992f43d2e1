#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every compressor of the crypto API has run its self-tests and passed.
. /zmem/lib.sh
if zcat /proc/config.gz | grep -q '^CONFIG_CRYPTO_MANAGER_DISABLE_TESTS=y'; then
	fail "this kernel was built without crypto self-tests"
fi
zcat /proc/config.gz | grep -qE '^CONFIG_CRYPTO_(MANAGER_EXTRA_TESTS|SELFTESTS_FULL)=y' || fail "the full self-tests are not enabled"
echo "1..7"
n=0 bad=0
for c in lzo lzo-rle lz4 lz4hc zstd deflate 842; do
	n=$((n + 1))
	zswap_on "$c"	# allocates it, which waits for its self-test
	verdict=$(awk -v c="$c" '$1 == "name" { ours = $3 == c }
		ours && $1 == "selftest" && $3 == "passed" { passed++ }
		ours && $1 == "selftest" && $3 != "passed" { other++ }
		ours && $1 == "type" && ($3 == "acomp" || $3 == "scomp") { acomp++ }
		END { print passed + 0, other + 0, acomp + 0 }' /proc/crypto)
	echo "# $c: passed, not passed, acomp or scomp: $verdict"
	case $verdict in
	[1-9]*' 0 '[1-9]*) echo "ok $n - $c selftest passed" ;;
	*) echo "not ok $n - $c selftest passed"; bad=1 ;;
	esac
done
! dmesg | grep -E 'alg: .*(fail|FAIL)' || fail "the kernel has reported a failed self-test"
[ $bad = 0 ] || subtests_failed
