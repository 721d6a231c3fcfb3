/* SPDX-License-Identifier: MIT
 *
 * Aligned columns: widths, wide characters, empty columns, control characters.
 */
#include "report/grid.h"

static char *
print(MsGrid *grid, guint indent)
{
  GString *text = g_string_new(NULL);

  ms_grid_print(grid, indent, text);
  return g_string_free(text, FALSE);
}

static void
test_alignment(void)
{
  g_autoptr(MsGrid) grid = ms_grid_new("lrl");
  g_autofree char *text = NULL;

  MS_GRID_ADD(grid, "name", "n", "note");
  MS_GRID_ADD(grid, "a", "1,000", "x");
  MS_GRID_ADD(grid, "long name", "2", NULL);
  text = print(grid, 1);
  g_assert_cmpstr(text, ==,
                  " name           n  note\n"
                  " a          1,000  x\n"
                  " long name      2\n");
}

static void
test_empty_column(void)
{
  g_autoptr(MsGrid) grid = ms_grid_new("lll");
  g_autofree char *text = NULL;

  MS_GRID_ADD(grid, "a", "unused", "b");
  MS_GRID_ADD(grid, "1", NULL, "2");
  text = print(grid, 0);
  g_assert_cmpstr(text, ==, "a  b\n1  2\n");
}

static void
test_no_heading(void)
{
  g_autoptr(MsGrid) grid = ms_grid_new("ll");
  g_autofree char *text = NULL;

  MS_GRID_ADD(grid, NULL, NULL);
  MS_GRID_ADD(grid, "1", "2");
  text = print(grid, 0);
  g_assert_cmpstr(text, ==, "1  2\n");
}

static void
test_characters(void)
{
  g_autoptr(MsGrid) grid = ms_grid_new("ll");
  g_autofree char *text = NULL;

  MS_GRID_ADD(grid, NULL, NULL);
  MS_GRID_ADD(grid, "\xe7\x8c\xab", "wide");
  MS_GRID_ADD(grid, "\xc3\xa9", "accent");
  MS_GRID_ADD(grid, "\033", "control");
  MS_GRID_ADD(grid, "\xff", "not UTF-8");
  text = print(grid, 0);
  g_assert_cmpstr(text, ==,
                  "\xe7\x8c\xab  wide\n"
                  "\xc3\xa9   accent\n"
                  "\xef\xbf\xbd   control\n"
                  "\xef\xbf\xbd   not UTF-8\n");
}

static void
test_wrapped(void)
{
  g_autoptr(GString) text = g_string_new(NULL);

  ms_text_append_wrapped(text, "one two\x1b three inseparable_and_long x", 2, 11);
  g_assert_cmpstr(text->str, ==,
                  "  one two\xef\xbf\xbd\n"
                  "  three\n"
                  "  inseparable_and_long\n"
                  "  x\n");
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/report/grid/alignment", test_alignment);
  g_test_add_func("/report/grid/empty-column", test_empty_column);
  g_test_add_func("/report/grid/no-heading", test_no_heading);
  g_test_add_func("/report/grid/characters", test_characters);
  g_test_add_func("/report/grid/wrapped", test_wrapped);
  return g_test_run();
}
