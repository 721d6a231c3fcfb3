/* SPDX-License-Identifier: MIT
 *
 * Why an example is not exact, in words: one and many, all and none, and nothing said twice.
 */
#include "set/verdict.h"

static void
assert_words(MsWrongPixels pixels, const char *expected)
{
  g_autofree char *text = ms_verdict_describe_wrong(&pixels);

  g_assert_cmpstr(text, ==, expected);
}

static void
test_many(void)
{
  assert_words((MsWrongPixels){262144, 37, 4, 21, 310, 88, 37},
               "37 of 262,144 pixels, in 4 regions, the largest 21 px at (310, 88); all within 1 px"
               " of the actual edge");
  assert_words(
      (MsWrongPixels){262144, 12345, 1004, 6021, 0, 1088, 2345},
      "12,345 of 262,144 pixels, in 1,004 regions, the largest 6,021 px at (0, 1088); 2,345"
      " within 1 px of the actual edge");
  assert_words((MsWrongPixels){64, 40, 3, 30, 7, 7, 0},
               "40 of 64 pixels, in 3 regions, the largest 30 px at (7, 7); none within 1 px of the"
               " actual edge");
}

static void
test_few(void)
{
  assert_words((MsWrongPixels){64, 1, 1, 1, 3, 4, 1},
               "1 of 64 pixels, at (3, 4); within 1 px of the actual edge");
  assert_words((MsWrongPixels){64, 1, 1, 1, 3, 4, 0},
               "1 of 64 pixels, at (3, 4); not within 1 px of the actual edge");
  assert_words((MsWrongPixels){64, 2, 1, 2, 3, 4, 2},
               "2 of 64 pixels, in one region, at (3, 4); both within 1 px of the actual edge");
  assert_words((MsWrongPixels){64, 2, 2, 1, 3, 4, 1},
               "2 of 64 pixels, in 2 regions, the largest 1 px at (3, 4); 1 within 1 px of the"
               " actual edge");
}

static void
test_all(void)
{
  assert_words((MsWrongPixels){16, 16, 1, 16, 1, 2, 0},
               "all 16 pixels, in one region, at (1, 2); none within 1 px of the actual edge");
  assert_words((MsWrongPixels){1, 1, 1, 1, 0, 0, 0},
               "the one pixel, at (0, 0); not within 1 px of the actual edge");
}

static void
test_none(void)
{
  assert_words((MsWrongPixels){.counted = 64}, "");
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/verdict/many", test_many);
  g_test_add_func("/verdict/few", test_few);
  g_test_add_func("/verdict/all", test_all);
  g_test_add_func("/verdict/none", test_none);
  return g_test_run();
}
