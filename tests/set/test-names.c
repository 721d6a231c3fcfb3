/* SPDX-License-Identifier: MIT
 *
 * What is done to names by the million: sorting, endings, and glances at words.
 */
#include "set/name-sort.h"

#include "set/stems.h"
#include "set/text.h"
#include "support/random.h"

static int
compare_strings(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Short names over few letters, so that many are alike or begin alike; some bytes above 127. */
static char *
random_name(TestRandom *random, const char *start)
{
  static const char letters[] = "ab-/.\xc3\xff";
  g_autoptr(GString) name = g_string_new(start);
  for (guint n = test_random_below(random, 14); n > 0; n--)
    g_string_append_c(name, letters[test_random_below(random, sizeof letters - 1)]);
  return g_strdup(name->str);
}

static void
check_sorting(TestRandom *random, const char *start, guint n)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add(names, random_name(random, start));
  g_autoptr(GPtrArray) expected = g_ptr_array_copy(names, (GCopyFunc)(void *)g_strdup, NULL);
  g_ptr_array_set_free_func(expected, g_free);
  g_ptr_array_sort(expected, compare_strings);
  ms_names_sort_strings(names);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr(g_ptr_array_index(names, i), ==, g_ptr_array_index(expected, i));
}

static void
test_sorting(void)
{
  static const char *const starts[] = {"", "example_", "\xff\xff"};
  TestRandom random = {0x5eed};
  for (guint i = 0; i < 60; i++)
    check_sorting(&random, starts[i % G_N_ELEMENTS(starts)], test_random_below(&random, 300));
}

/* Names that are alike keep their order. */
static void
test_stable(void)
{
  static const char *const texts[] = {"b", "a", "b", "a", "b"};
  static const guint expected[] = {1, 3, 0, 2, 4};
  MsNamed names[G_N_ELEMENTS(texts)];
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
    names[i] = (MsNamed){texts[i], GUINT_TO_POINTER(i)};
  ms_names_sort(names, G_N_ELEMENTS(names));
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
    g_assert_cmpuint(GPOINTER_TO_UINT(names[i].data), ==, expected[i]);
}

static void
test_endings(void)
{
  static const struct {
    const char *name;
    gsize length; /* of the stem */
  } cases[] = {
      {"a.png", 1},     {"a.PNG", 1},        {"a.b.jpeg", 3}, {"a.webp", 1}, {"a.nii", 1},
      {"a.nii.gz", 1},  {"a.NII.GZ", 1},     {".png", 4},     {"a/.png", 6}, {"a/b.tiff", 3},
      {"a.png/b", 7},   {"a.png.txt", 9},    {"png", 3},      {"", 0},       {".", 1},
      {"a.", 2},        {"a.gz", 4},         {".nii.gz", 7},  {"a.npz", 1},  {"a.pngx", 6},
      {"a.xpng", 6},    {"a..png", 2},       {"a.tif", 1},    {"a.ti", 4},   {"b/.nii.gz", 9},
      {"a.png.jpg", 5}, {"a/b.c/d.jfif", 7}, {"a.jfifs", 7},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_test_message("%s", cases[i].name);
    g_assert_cmpuint(ms_text_stem_length(cases[i].name), ==, cases[i].length);
    g_assert_true(ms_text_is_picture(cases[i].name) == (cases[i].length < strlen(cases[i].name)));
  }
}

/* A glance may say yes too often, but never no to a word. */
static void
test_glances(void)
{
  static const char *const words[] = {"mask", "MASKS", "gt", "pred", "0000", "P", "L", "image"};
  for (guint i = 0; i < G_N_ELEMENTS(words); i++)
    g_assert_true(ms_stem_may_be_word(words[i], strlen(words[i])));
  g_assert_false(ms_stem_may_be_word("example_0001", 12));
  g_assert_false(ms_stem_may_be_word("", 0));
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/names/sorting", test_sorting);
  g_test_add_func("/names/stable", test_stable);
  g_test_add_func("/names/endings", test_endings);
  g_test_add_func("/names/glances", test_glances);
  return g_test_run();
}
