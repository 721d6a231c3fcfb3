/* SPDX-License-Identifier: MIT
 *
 * The rate of work, on a clock of the test's own.
 */
#include "set/rate.h"

#define SECOND G_USEC_PER_SEC

static void
test_steady(void)
{
  MsRate rate = {0};

  g_assert_cmpfloat(ms_rate_get(&rate), ==, 0);
  ms_rate_begin(&rate, 100, 5 * SECOND);
  g_assert_cmpfloat(ms_rate_get(&rate), ==, 0);
  for (guint i = 1; i <= 100; i++) {
    ms_rate_update(&rate, 100 + 20 * i, 5 * SECOND + i * SECOND / 10);
    if (i >= 3)
      g_assert_cmpfloat_with_epsilon(ms_rate_get(&rate), 200, 1e-9);
  }
}

/* A thousand at once in the beginning do not count for ever. */
static void
test_forgets(void)
{
  MsRate rate = {0};

  ms_rate_begin(&rate, 0, 0);
  for (guint i = 1; i <= 300; i++)
    ms_rate_update(&rate, 1000 + i, i * SECOND / 10);
  g_assert_cmpfloat_with_epsilon(ms_rate_get(&rate), 10, 1e-9);
}

/* Work that came to a stand does not seem to go on. */
static void
test_stands(void)
{
  MsRate rate = {0};

  ms_rate_begin(&rate, 0, 0);
  ms_rate_update(&rate, 500, SECOND);
  g_assert_cmpfloat_with_epsilon(ms_rate_get(&rate), 500, 1e-9);
  for (guint i = 2; i <= 30; i++)
    ms_rate_update(&rate, 500, i * SECOND);
  g_assert_cmpfloat(ms_rate_get(&rate), ==, 0);
}

/* A rest counts as no time. */
static void
test_rest(void)
{
  MsRate rate = {0};

  ms_rate_begin(&rate, 0, 0);
  ms_rate_update(&rate, 1000, SECOND);
  ms_rate_begin(&rate, 1000, 100 * SECOND);
  g_assert_cmpfloat(ms_rate_get(&rate), ==, 0);
  ms_rate_update(&rate, 1100, 101 * SECOND);
  g_assert_cmpfloat_with_epsilon(ms_rate_get(&rate), 100, 1e-9);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/set/rate/steady", test_steady);
  g_test_add_func("/set/rate/forgets", test_forgets);
  g_test_add_func("/set/rate/stands", test_stands);
  g_test_add_func("/set/rate/rest", test_rest);
  return g_test_run();
}
