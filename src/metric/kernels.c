/* SPDX-License-Identifier: MIT
 *
 * Kernels in portable C, shaped so that compilers vectorise them, and in AVX2. Made for masks: long
 * runs of one pair, broken by contours; nothing here reads past the n pixels it is given.
 */
#include "metric/kernels.h"

#include <string.h>

/* Lanes of a byte count at most this many rounds before they are summed up. */
#define MAX_ROUNDS 255
#define LANES      64

/* Pixels at the end that fill no vector. */
static bool
two_valued_tail(const uint8_t *actual, const uint8_t *predicted, size_t n,
                const MsTwoValues *values, MsTwoCounts *counts)
{
  for (size_t i = 0; i < n; i++) {
    bool is_actual = actual[i] == values->actual[1];
    bool is_predicted = predicted[i] == values->predicted[1];

    if ((!is_actual && actual[i] != values->actual[0]) ||
        (!is_predicted && predicted[i] != values->predicted[0]))
      return false;
    counts->actual += is_actual;
    counts->predicted += is_predicted;
    counts->both += is_actual && is_predicted;
  }
  return true;
}

static uint64_t
sum_lanes(const uint8_t lanes[LANES])
{
  uint32_t sum = 0;

  for (int i = 0; i < LANES; i++)
    sum += lanes[i];
  return sum;
}

static bool
two_valued_portable(const uint8_t *actual, const uint8_t *predicted, size_t n,
                    const MsTwoValues *values, MsTwoCounts *counts)
{
  const uint8_t a0 = values->actual[0], a1 = values->actual[1];
  const uint8_t p0 = values->predicted[0], p1 = values->predicted[1];
  MsTwoCounts sum = {0};

  while (n >= LANES) {
    uint8_t is_actual[LANES] = {0}, is_predicted[LANES] = {0}, both[LANES] = {0};
    uint8_t strange[LANES] = {0};
    size_t rounds = n / LANES < MAX_ROUNDS ? n / LANES : MAX_ROUNDS;

    for (size_t round = 0; round < rounds; round++, actual += LANES, predicted += LANES) {
      for (int i = 0; i < LANES; i++) {
        uint8_t a = actual[i] == a1, p = predicted[i] == p1;

        is_actual[i] = (uint8_t)(is_actual[i] + a);
        is_predicted[i] = (uint8_t)(is_predicted[i] + p);
        both[i] = (uint8_t)(both[i] + (a & p));
        strange[i] |= (uint8_t)((actual[i] != a0) & (actual[i] != a1));
        strange[i] |= (uint8_t)((predicted[i] != p0) & (predicted[i] != p1));
      }
    }
    if (sum_lanes(strange) > 0)
      return false;
    sum.actual += sum_lanes(is_actual);
    sum.predicted += sum_lanes(is_predicted);
    sum.both += sum_lanes(both);
    n -= rounds * LANES;
  }
  if (!two_valued_tail(actual, predicted, n, values, &sum))
    return false;
  *counts = sum;
  return true;
}

static void
bits_portable(const uint8_t *actual, const uint8_t *predicted, size_t n_bytes, MsTwoCounts *counts)
{
  for (size_t i = 0; i < n_bytes; i += sizeof(uint64_t)) {
    size_t n = n_bytes - i < sizeof(uint64_t) ? n_bytes - i : sizeof(uint64_t);
    uint64_t a = 0, p = 0;

    memcpy(&a, actual + i, n);
    memcpy(&p, predicted + i, n);
    counts->actual += (uint64_t)__builtin_popcountll(a);
    counts->predicted += (uint64_t)__builtin_popcountll(p);
    counts->both += (uint64_t)__builtin_popcountll(a & p);
  }
}

/* Whether n_words * 8 bytes repeat the pattern. */
static inline bool
repeats(const void *bytes, size_t n_words, uint64_t pattern)
{
  uint64_t differ = 0;

  for (size_t i = 0; i < n_words; i++) {
    uint64_t word;

    memcpy(&word, (const uint8_t *)bytes + i * sizeof word, sizeof word);
    differ |= word ^ pattern;
  }
  return differ == 0;
}

/* The sample in every place of a word: UINT64_MAX / UINT8_MAX is 0x0101010101010101. */
#define PATTERN(type, sample) ((sample) * (UINT64_MAX / (type)-1))
#define BLOCK                 16

#define DEFINE_RUN_FINDER(name, actual_type, predicted_type)                                       \
  static size_t name(const void *actual, const void *predicted, size_t n)                          \
  {                                                                                                \
    const actual_type *a = actual;                                                                 \
    const predicted_type *p = predicted;                                                           \
    const uint64_t a_pattern = PATTERN(actual_type, a[0]);                                         \
    const uint64_t p_pattern = PATTERN(predicted_type, p[0]);                                      \
    size_t end = 1;                                                                                \
                                                                                                   \
    if (n == 1 || a[1] != a[0] || p[1] != p[0])                                                    \
      return 1;                                                                                    \
    while (end + BLOCK <= n && repeats(a + end, BLOCK * sizeof *a / 8, a_pattern) &&               \
           repeats(p + end, BLOCK * sizeof *p / 8, p_pattern))                                     \
      end += BLOCK;                                                                                \
    while (end < n && a[end] == a[0] && p[end] == p[0])                                            \
      end++;                                                                                       \
    return end;                                                                                    \
  }

DEFINE_RUN_FINDER(run_8_8, uint8_t, uint8_t)
DEFINE_RUN_FINDER(run_8_16, uint8_t, uint16_t)
DEFINE_RUN_FINDER(run_8_32, uint8_t, uint32_t)
DEFINE_RUN_FINDER(run_16_8, uint16_t, uint8_t)
DEFINE_RUN_FINDER(run_16_16, uint16_t, uint16_t)
DEFINE_RUN_FINDER(run_16_32, uint16_t, uint32_t)
DEFINE_RUN_FINDER(run_32_8, uint32_t, uint8_t)
DEFINE_RUN_FINDER(run_32_16, uint32_t, uint16_t)
DEFINE_RUN_FINDER(run_32_32, uint32_t, uint32_t)

/* A run below it says noise. */
#define SHORT_RUN 4

static size_t
count_portable(const uint8_t *actual, const uint8_t *predicted, size_t n, MsByteTable *table)
{
  size_t i = 0, run = SHORT_RUN;

  for (; i < n && run >= SHORT_RUN; i += run) {
    run = run_8_8(actual + i, predicted + i, n - i);
    ms_byte_table_add(table, actual[i], predicted[i], 0, (uint32_t)run);
  }
  return i;
}

static size_t
paint_portable(const uint8_t *actual, const uint8_t *predicted, size_t n, const MsByteKinds *table,
               uint8_t *kinds)
{
  size_t i = 0, run = SHORT_RUN;

  for (; i < n && run >= SHORT_RUN; i += run) {
    run = run_8_8(actual + i, predicted + i, n - i);
    memset(kinds + i, ms_byte_kind(table, actual[i], predicted[i]), run);
  }
  return i;
}

static const MsKernels portable = {"portable", two_valued_portable, bits_portable, count_portable,
                                   paint_portable};

#if defined(__x86_64__) || defined(__i386__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,popcnt")))

AVX2 static inline uint64_t
sum_bytes_avx2(__m256i bytes)
{
  uint64_t sums[4];

  _mm256_storeu_si256((__m256i *)sums, _mm256_sad_epu8(bytes, _mm256_setzero_si256()));
  return sums[0] + sums[1] + sums[2] + sums[3];
}

AVX2 static bool
two_valued_avx2(const uint8_t *actual, const uint8_t *predicted, size_t n,
                const MsTwoValues *values, MsTwoCounts *counts)
{
  const __m256i a0 = _mm256_set1_epi8((char)values->actual[0]);
  const __m256i a1 = _mm256_set1_epi8((char)values->actual[1]);
  const __m256i p0 = _mm256_set1_epi8((char)values->predicted[0]);
  const __m256i p1 = _mm256_set1_epi8((char)values->predicted[1]);
  MsTwoCounts sum = {0};

  while (n >= sizeof a0) {
    __m256i is_actual = _mm256_setzero_si256();
    __m256i is_predicted = is_actual, both = is_actual, known = _mm256_set1_epi8(-1);
    size_t rounds = n / sizeof a0 < MAX_ROUNDS ? n / sizeof a0 : MAX_ROUNDS;

    for (size_t i = 0; i < rounds; i++, actual += sizeof a0, predicted += sizeof a0) {
      __m256i a = _mm256_loadu_si256((const __m256i *)actual);
      __m256i p = _mm256_loadu_si256((const __m256i *)predicted);
      __m256i is_a = _mm256_cmpeq_epi8(a, a1), is_p = _mm256_cmpeq_epi8(p, p1);

      known = _mm256_and_si256(known, _mm256_or_si256(is_a, _mm256_cmpeq_epi8(a, a0)));
      known = _mm256_and_si256(known, _mm256_or_si256(is_p, _mm256_cmpeq_epi8(p, p0)));
      /* A mask byte is -1: subtracting counts. */
      is_actual = _mm256_sub_epi8(is_actual, is_a);
      is_predicted = _mm256_sub_epi8(is_predicted, is_p);
      both = _mm256_sub_epi8(both, _mm256_and_si256(is_a, is_p));
    }
    if (_mm256_movemask_epi8(known) != -1)
      return false;
    sum.actual += sum_bytes_avx2(is_actual);
    sum.predicted += sum_bytes_avx2(is_predicted);
    sum.both += sum_bytes_avx2(both);
    n -= rounds * sizeof a0;
  }
  if (!two_valued_tail(actual, predicted, n, values, &sum))
    return false;
  *counts = sum;
  return true;
}

AVX2 static void
bits_avx2(const uint8_t *actual, const uint8_t *predicted, size_t n_bytes, MsTwoCounts *counts)
{
  MsTwoCounts sum = {0};
  size_t i = 0;

  for (; i + sizeof(uint64_t) <= n_bytes; i += sizeof(uint64_t)) {
    uint64_t a, p;

    memcpy(&a, actual + i, sizeof a);
    memcpy(&p, predicted + i, sizeof p);
    sum.actual += (uint64_t)__builtin_popcountll(a);
    sum.predicted += (uint64_t)__builtin_popcountll(p);
    sum.both += (uint64_t)__builtin_popcountll(a & p);
  }
  bits_portable(actual + i, predicted + i, n_bytes - i, &sum);
  counts->actual += sum.actual;
  counts->predicted += sum.predicted;
  counts->both += sum.both;
}

/* Blocks of pixels are taken apart pair by pair; one with more pairs than this is noise. */
#define MAX_PAIRS 3

AVX2 static inline __m256i
same_pair_avx2(__m256i actual, __m256i predicted, uint8_t a, uint8_t p)
{
  return _mm256_and_si256(_mm256_cmpeq_epi8(actual, _mm256_set1_epi8((char)a)),
                          _mm256_cmpeq_epi8(predicted, _mm256_set1_epi8((char)p)));
}

AVX2 static size_t
count_avx2(const uint8_t *actual, const uint8_t *predicted, size_t n, MsByteTable *table)
{
  size_t i = 0;

  for (; i + sizeof(__m256i) <= n; i += sizeof(__m256i)) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(actual + i));
    __m256i p = _mm256_loadu_si256((const __m256i *)(predicted + i));
    uint32_t rest = UINT32_MAX;

    for (unsigned n_pairs = 0; rest && n_pairs < MAX_PAIRS; n_pairs++) {
      size_t at = i + (size_t)__builtin_ctz(rest);
      __m256i same = same_pair_avx2(a, p, actual[at], predicted[at]);
      uint32_t places = (uint32_t)_mm256_movemask_epi8(same);

      ms_byte_table_add(table, actual[at], predicted[at], n_pairs % MS_BYTE_LANES,
                        (uint32_t)__builtin_popcount(places));
      rest &= ~places;
    }
    if (rest) {
      for (; rest; rest &= rest - 1) {
        size_t at = i + (size_t)__builtin_ctz(rest);

        ms_byte_table_add(table, actual[at], predicted[at], 0, 1);
      }
      return i + sizeof(__m256i);
    }
  }
  for (; i < n; i++)
    ms_byte_table_add(table, actual[i], predicted[i], i % MS_BYTE_LANES, 1);
  return n;
}

AVX2 static size_t
paint_avx2(const uint8_t *actual, const uint8_t *predicted, size_t n, const MsByteKinds *table,
           uint8_t *kinds)
{
  size_t i = 0;

  for (; i + sizeof(__m256i) <= n; i += sizeof(__m256i)) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(actual + i));
    __m256i p = _mm256_loadu_si256((const __m256i *)(predicted + i));
    __m256i painted = _mm256_setzero_si256();
    uint32_t rest = UINT32_MAX;

    for (unsigned n_pairs = 0; rest && n_pairs < MAX_PAIRS; n_pairs++) {
      size_t at = i + (size_t)__builtin_ctz(rest);
      __m256i same = same_pair_avx2(a, p, actual[at], predicted[at]);
      uint8_t kind = ms_byte_kind(table, actual[at], predicted[at]);

      painted = _mm256_or_si256(painted, _mm256_and_si256(same, _mm256_set1_epi8((char)kind)));
      rest &= ~(uint32_t)_mm256_movemask_epi8(same);
    }
    _mm256_storeu_si256((__m256i *)(kinds + i), painted);
    if (rest) {
      for (; rest; rest &= rest - 1) {
        size_t at = i + (size_t)__builtin_ctz(rest);

        kinds[at] = ms_byte_kind(table, actual[at], predicted[at]);
      }
      return i + sizeof(__m256i);
    }
  }
  for (; i < n; i++)
    kinds[i] = ms_byte_kind(table, actual[i], predicted[i]);
  return n;
}

static const MsKernels avx2 = {"AVX2", two_valued_avx2, bits_avx2, count_avx2, paint_avx2};

static const MsKernels *
fast_kernels(void)
{
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") ? &avx2 : NULL;
}

#else

static const MsKernels *
fast_kernels(void)
{
  return NULL;
}

#endif

const MsKernels *
ms_kernels_best(void)
{
  const MsKernels *fast = fast_kernels();

  return fast ? fast : &portable;
}

const MsKernels *
ms_kernels_nth(size_t index)
{
  if (index == 0)
    return &portable;
  return index == 1 ? fast_kernels() : NULL;
}

MsRunFinder
ms_run_finder(int actual_bits, int predicted_bits)
{
  static const MsRunFinder finders[3][3] = {
      {run_8_8, run_8_16, run_8_32},
      {run_16_8, run_16_16, run_16_32},
      {run_32_8, run_32_16, run_32_32},
  };

  return finders[actual_bits / 16][predicted_bits / 16];
}
