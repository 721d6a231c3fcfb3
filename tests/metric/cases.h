/* SPDX-License-Identifier: MIT
 *
 * Seeded random rasters in every shape that code may stumble over (odd sides, wide and negative
 * strides, all depths, samples at the ends of the range, runs and noise), random rules, and what
 * the pairs mean, computed naively: one pixel at a time, straight from the definitions.
 */
#pragma once

#include <string.h>

#include <glib.h>

#include "metric/confusion.h"
#include "metric/kinds.h"
#include "support/ascii.h"
#include "support/random.h"

static inline uint32_t
case_pick_sample(TestRandom *random, int bits, uint32_t n_values)
{
  uint32_t maximum = bits == 32 ? UINT32_MAX : (1u << bits) - 1;
  uint32_t sample = test_random_below(random, n_values);

  if (n_values <= 2)
    return sample;
  switch (test_random_below(random, 12)) {
  case 0:
    return maximum;
  case 1:
    return maximum - 1;
  case 2:
    return test_random(random) & maximum;
  default:
    return sample & maximum;
  }
}

/* change_every: mean length of runs. The gaps between rows are filled with what is no sample. */
static inline MsRaster
case_raster(TestRandom *random, int width, int height, int bits, uint32_t n_values,
            uint32_t change_every)
{
  size_t gap = test_random_below(random, 2) ? test_random_below(random, 40) : 0;
  size_t stride = ((size_t)width + gap) * (size_t)(bits / 8);
  bool upward = test_random_below(random, 3) == 0;
  uint8_t *memory = g_malloc(stride * (size_t)height);
  uint32_t sample = case_pick_sample(random, bits, n_values);
  MsRaster raster;

  memset(memory, 0xa5, stride * (size_t)height);
  g_assert_cmpint(ms_raster_wrap(&raster, width, height, bits,
                                 upward ? -(ptrdiff_t)stride : (ptrdiff_t)stride,
                                 upward ? memory + stride * (size_t)(height - 1) : memory),
                  ==, MS_STATUS_OK);
  raster.owned = memory;
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      if (test_random_below(random, change_every) == 0)
        sample = case_pick_sample(random, bits, n_values);
      ascii_set(&raster, x, y, sample);
    }
  }
  return raster;
}

static inline void
case_clear(MsRaster *raster)
{
  g_free(raster->owned);
  memset(raster, 0, sizeof *raster);
}

typedef struct {
  MsRaster actual;
  MsRaster predicted;
} CasePair;

/* Bits 0: any. */
static inline CasePair
case_pair(TestRandom *random, int actual_bits, int predicted_bits)
{
  static const int depths[] = {8, 8, 16, 32};
  static const uint32_t palettes[] = {1, 2, 2, 3, 20, 256, 65536};
  static const uint32_t runs[] = {1, 2, 7, 40, 1000};
  int width = 1 + (int)test_random_below(random, test_random_below(random, 2) ? 200 : 9);
  int height = 1 + (int)test_random_below(random, 40);
  CasePair pair;

  if (actual_bits == 0)
    actual_bits = depths[test_random_below(random, G_N_ELEMENTS(depths))];
  if (predicted_bits == 0)
    predicted_bits = depths[test_random_below(random, G_N_ELEMENTS(depths))];
  pair.actual = case_raster(random, width, height, actual_bits,
                            palettes[test_random_below(random, G_N_ELEMENTS(palettes))],
                            runs[test_random_below(random, G_N_ELEMENTS(runs))]);
  pair.predicted = case_raster(random, width, height, predicted_bits,
                               palettes[test_random_below(random, G_N_ELEMENTS(palettes))],
                               runs[test_random_below(random, G_N_ELEMENTS(runs))]);
  return pair;
}

static inline void
case_pair_clear(CasePair *pair)
{
  case_clear(&pair->actual);
  case_clear(&pair->predicted);
}

/* Random rules. The lists are static: at most 255 is ignored, 0 to 9 or all ids are classes. */
static inline MsRules
case_rules(TestRandom *random)
{
  static const uint32_t ignored[] = {1, 255};
  static const uint32_t classes[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  static const int64_t backgrounds[] = {0, 0, 2, -1};
  MsRules rules;

  ms_rules_init(&rules);
  rules.comparison = (MsComparison)test_random_below(random, 3);
  rules.threshold = test_random_below(random, 2) ? test_random_below(random, 20) : UINT32_MAX - 1;
  if (test_random_below(random, 2)) {
    size_t skipped = test_random_below(random, 2);

    rules.ignored = ignored + skipped;
    rules.n_ignored = G_N_ELEMENTS(ignored) - skipped;
  }
  rules.background = backgrounds[test_random_below(random, G_N_ELEMENTS(backgrounds))];
  if (test_random_below(random, 2)) {
    rules.classes = classes;
    rules.n_classes = G_N_ELEMENTS(classes);
    rules.ignore_unlisted = true;
  }
  return rules;
}

static inline bool
naive_is_in(const uint32_t *ids, size_t n_ids, uint32_t id)
{
  for (size_t i = 0; i < n_ids; i++) {
    if (ids[i] == id)
      return true;
  }
  return false;
}

static inline MsKind
naive_kind(const MsRules *rules, uint32_t a, uint32_t p)
{
  if (naive_is_in(rules->ignored, rules->n_ignored, a))
    return MS_KIND_IGNORED;
  if (rules->comparison != MS_COMPARE_CLASSES) {
    bool positive = rules->comparison == MS_COMPARE_BINARY ? p != 0 : p > rules->threshold;

    if (a != 0)
      return positive ? MS_KIND_TP : MS_KIND_FN;
    return positive ? MS_KIND_FP : MS_KIND_TN;
  }
  if (rules->classes && !naive_is_in(rules->classes, rules->n_classes, a))
    return MS_KIND_IGNORED;
  if (naive_is_in(rules->ignored, rules->n_ignored, p) ||
      (rules->classes && !naive_is_in(rules->classes, rules->n_classes, p)))
    return MS_KIND_FN;
  if (a == p)
    return a == rules->background ? MS_KIND_TN : MS_KIND_TP;
  if (a == rules->background)
    return MS_KIND_FP;
  return p == rules->background ? MS_KIND_FN : MS_KIND_CONFUSED;
}

static inline MsConfusion *
confusion_of(const MsRules *rules, const MsRaster *actual, const MsRaster *predicted)
{
  MsConfusion *confusion;

  g_assert_cmpint(ms_confusion_new(rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_confusion_add_rasters(confusion, actual, predicted, NULL, NULL), ==,
                  MS_STATUS_OK);
  return confusion;
}

/* The same from two drawings. */
static inline MsConfusion *
confusion_of_ascii(const MsRules *rules, const char *actual_text, const char *predicted_text)
{
  MsRaster actual = ascii_raster(actual_text, 8), predicted = ascii_raster(predicted_text, 8);
  MsConfusion *confusion = confusion_of(rules, &actual, &predicted);

  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
  return confusion;
}

#define assert_counts(counts, want_tp, want_fp, want_fn, want_tn)                                  \
  G_STMT_START {                                                                                   \
    MsCounts counts_ = (counts);                                                                   \
                                                                                                   \
    g_assert_cmpuint(counts_.tp, ==, (want_tp));                                                   \
    g_assert_cmpuint(counts_.fp, ==, (want_fp));                                                   \
    g_assert_cmpuint(counts_.fn, ==, (want_fn));                                                   \
    g_assert_cmpuint(counts_.tn, ==, (want_tn));                                                   \
  }                                                                                                \
  G_STMT_END

#define assert_value(got, want)                                                                    \
  G_STMT_START {                                                                                   \
    MsValue value_ = (got);                                                                        \
                                                                                                   \
    g_assert_true(value_.defined);                                                                 \
    g_assert_cmpfloat_with_epsilon(value_.value, (want), 1e-12);                                   \
  }                                                                                                \
  G_STMT_END

#define assert_undefined(got) g_assert_false((got).defined)
