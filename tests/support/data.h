/* SPDX-License-Identifier: MIT
 *
 * Data that lie outside the tree, for the tests that check against real sets where there are any.
 */
#pragma once

#include <glib.h>

/* The folder with data/ and vectors/ in it; NULL: there is none, and the test skips, saying so. */
static inline const char *
test_data(void)
{
  const char *path = g_getenv("MASKSCOPE_TEST_DATA");

  return path && *path ? path : NULL;
}
