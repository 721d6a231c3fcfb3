/* SPDX-License-Identifier: MIT
 *
 * The map of kinds: drawn by hand, pixel by pixel against the definition, and in its sums against
 * the counts.
 */
#include "metric/kinds.h"

#include "cases.h"
#include "metric/paths.h"

/* '.' TN, '+' TP, 'P' FP, 'N' FN, 'x' confused, '?' ignored. */
static char
kind_letter(uint8_t kind)
{
  switch (kind) {
  case MS_KIND_TN:
    return '.';
  case MS_KIND_TP:
    return '+';
  case MS_KIND_FP:
    return 'P';
  case MS_KIND_FN:
    return 'N';
  case MS_KIND_CONFUSED:
    return 'x';
  case MS_KIND_IGNORED:
    return '?';
  default:
    return '!';
  }
}

static void
assert_painted(const MsRules *rules, const char *actual_text, const char *predicted_text,
               const char *want)
{
  MsRaster actual = ascii_raster(actual_text, 8), predicted = ascii_raster(predicted_text, 8);
  g_autofree uint8_t *kinds = g_malloc((size_t)actual.width * (size_t)actual.height);
  g_autoptr(GString) got = g_string_new(NULL);

  g_assert_cmpint(ms_kinds_paint(rules, &actual, &predicted, 0, actual.height, kinds, actual.width),
                  ==, MS_STATUS_OK);
  for (int i = 0; i < actual.width * actual.height; i++) {
    g_string_append_c(got, kind_letter(kinds[i]));
    if ((i + 1) % actual.width == 0)
      g_string_append_c(got, '\n');
  }
  g_assert_cmpstr(got->str, ==, want);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

static void
test_binary(void)
{
  MsRules rules;

  ms_rules_init(&rules);
  assert_painted(&rules, "..##\n..#?\n", ".5#.\n..##\n", ".P+N\n..++\n");
}

static void
test_threshold(void)
{
  MsRules rules;

  ms_rules_init(&rules);
  rules.comparison = MS_COMPARE_THRESHOLD;
  rules.threshold = 5;
  assert_painted(&rules, "..##\n..##\n", "4567\n567?\n", "..++\n.P++\n");
  rules.threshold = 255;
  assert_painted(&rules, ".#\n", "??\n", ".N\n");
}

static void
test_classes(void)
{
  static const uint32_t ignored[] = {255}, classes[] = {0, 1, 2, 3};
  MsRules rules = {.comparison = MS_COMPARE_CLASSES,
                   .ignored = ignored,
                   .n_ignored = 1,
                   .classes = classes,
                   .n_classes = 4};

  assert_painted(&rules, "0 0 0 1 1 1 ? ? 0 1 9\n", /* actual */
                 "0 2 9 1 0 2 0 ? ? ? 0\n",         /* predicted */
                 ".PN+Nx??NN?\n");
  rules.background = -1;
  assert_painted(&rules, "0011\n", "0201\n", "+xx+\n");
}

static void
test_random_pairs(void)
{
  TestRandom random = {41};
  const MsKernels *kernels;

  for (int round = 0; round < 600; round++) {
    CasePair pair = case_pair(&random, round % 2 ? 8 : 0, round % 2 ? 8 : 0);
    MsRules rules = case_rules(&random);
    int width = pair.actual.width, height = pair.actual.height;
    int first = (int)test_random_below(&random, (uint32_t)height);
    int n_rows = (int)test_random_below(&random, (uint32_t)(height - first) + 1);
    size_t stride = (size_t)width + test_random_below(&random, 9);
    g_autofree uint8_t *kinds = g_malloc(stride * (size_t)height);

    for (size_t k = 0; (kernels = ms_kernels_nth(k)); k++) {
      memset(kinds, 0xee, stride * (size_t)height);
      g_assert_cmpint(ms_kinds_paint_with(kernels, &rules, &pair.actual, &pair.predicted, first,
                                          n_rows, kinds, (ptrdiff_t)stride),
                      ==, MS_STATUS_OK);
      for (int y = 0; y < height; y++) {
        for (size_t x = 0; x < stride; x++) {
          bool painted = y < n_rows && x < (size_t)width;
          uint8_t want = 0xee;

          if (painted)
            want = (uint8_t)naive_kind(&rules, ms_raster_get(&pair.actual, (int)x, first + y),
                                       ms_raster_get(&pair.predicted, (int)x, first + y));
          g_assert_cmpuint(kinds[(size_t)y * stride + x], ==, want);
        }
      }
    }
    case_pair_clear(&pair);
  }
}

/* What is seen is what is scored. */
static void
test_sums(void)
{
  TestRandom random = {42};

  for (int round = 0; round < 300; round++) {
    CasePair pair = case_pair(&random, 0, 0);
    MsRules rules = case_rules(&random);
    int n_pixels = pair.actual.width * pair.actual.height;
    g_autofree uint8_t *kinds = g_malloc((size_t)n_pixels);
    MsConfusion *confusion = confusion_of(&rules, &pair.actual, &pair.predicted);
    MsKindCounts want = ms_confusion_kinds(confusion), got = {0};

    g_assert_cmpint(ms_kinds_paint(&rules, &pair.actual, &pair.predicted, 0, pair.actual.height,
                                   kinds, pair.actual.width),
                    ==, MS_STATUS_OK);
    for (int i = 0; i < n_pixels; i++) {
      got.tp += kinds[i] == MS_KIND_TP;
      got.tn += kinds[i] == MS_KIND_TN;
      got.fp += kinds[i] == MS_KIND_FP;
      got.fn += kinds[i] == MS_KIND_FN;
      got.confused += kinds[i] == MS_KIND_CONFUSED;
      got.ignored += kinds[i] == MS_KIND_IGNORED;
    }
    g_assert_cmpmem(&got, sizeof got, &want, sizeof want);
    ms_confusion_free(confusion);
    case_pair_clear(&pair);
  }
}

static void
test_refused(void)
{
  MsRaster mask = ascii_raster("12\n34\n", 8), wider = ascii_raster("123\n345\n", 8);
  uint8_t kinds[4] = {7, 7, 7, 7};
  MsRules rules;

  ms_rules_init(&rules);
  g_assert_cmpint(ms_kinds_paint(&rules, &mask, &wider, 0, 2, kinds, 2), ==,
                  MS_STATUS_SIZE_MISMATCH);
  g_assert_cmpint(ms_kinds_paint(&rules, &mask, &mask, 1, 2, kinds, 2), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_kinds_paint(&rules, &mask, &mask, -1, 1, kinds, 2), ==, MS_STATUS_INVALID);
  rules.comparison = MS_COMPARE_LABELS;
  g_assert_cmpint(ms_kinds_paint(&rules, &mask, &mask, 0, 2, kinds, 2), ==, MS_STATUS_INVALID);
  g_assert_cmpuint(kinds[0], ==, 7);
  ms_raster_clear(&mask);
  ms_raster_clear(&wider);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/kinds/binary", test_binary);
  g_test_add_func("/metric/kinds/threshold", test_threshold);
  g_test_add_func("/metric/kinds/classes", test_classes);
  g_test_add_func("/metric/kinds/random", test_random_pairs);
  g_test_add_func("/metric/kinds/sums", test_sums);
  g_test_add_func("/metric/kinds/refused", test_refused);
  return g_test_run();
}
