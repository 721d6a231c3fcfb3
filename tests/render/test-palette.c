/* SPDX-License-Identifier: MIT
 *
 * The documented colours, and that no two kinds can be taken for each other.
 */
#include "render/palette.h"

#include <glib.h>
#include <math.h>

static const MsKind painted[] = {MS_KIND_TP, MS_KIND_FP, MS_KIND_FN, MS_KIND_CONFUSED,
                                 MS_KIND_IGNORED};

static void
assert_color(MsPalette palette, MsKind kind, unsigned rgb)
{
  MsColor color = ms_palette_kind_color(palette, kind);

  g_assert_cmphex((guint)color.red << 16 | (guint)color.green << 8 | color.blue, ==, rgb);
}

static void
test_documented(void)
{
  assert_color(MS_PALETTE_SAFE, MS_KIND_TP, 0x009e73);
  assert_color(MS_PALETTE_SAFE, MS_KIND_FP, 0xd55e00);
  assert_color(MS_PALETTE_SAFE, MS_KIND_FN, 0x0072b2);
  assert_color(MS_PALETTE_SAFE, MS_KIND_CONFUSED, 0xcc79a7);
  assert_color(MS_PALETTE_CLASSIC, MS_KIND_TP, 0x00ff00);
  assert_color(MS_PALETTE_CLASSIC, MS_KIND_FP, 0xff0000);
  assert_color(MS_PALETTE_CLASSIC, MS_KIND_FN, 0x0000ff);
  assert_color(MS_PALETTE_SAFE, MS_KIND_TN, 0);
  assert_color(MS_PALETTE_CLASSIC, MS_KIND_TN, 0);
}

static void
test_ignored_is_grey(void)
{
  for (int palette = MS_PALETTE_SAFE; palette <= MS_PALETTE_CLASSIC; palette++) {
    MsColor color = ms_palette_kind_color((MsPalette)palette, MS_KIND_IGNORED);

    g_assert_cmpint(color.red, ==, color.green);
    g_assert_cmpint(color.green, ==, color.blue);
    g_assert_cmpint(color.red, >, 0);
  }
}

static double
distance(MsColor a, MsColor b)
{
  return hypot(hypot(a.red - b.red, a.green - b.green), a.blue - b.blue);
}

static void
test_apart(void)
{
  for (int palette = MS_PALETTE_SAFE; palette <= MS_PALETTE_CLASSIC; palette++) {
    for (guint i = 0; i < G_N_ELEMENTS(painted); i++) {
      for (guint j = 0; j < i; j++)
        g_assert_cmpfloat(distance(ms_palette_kind_color((MsPalette)palette, painted[i]),
                                   ms_palette_kind_color((MsPalette)palette, painted[j])),
                          >, 60);
    }
  }
}

static void
test_words(void)
{
  g_assert_cmpstr(ms_kind_label(MS_KIND_TP), ==, "TP");
  g_assert_cmpstr(ms_kind_label(MS_KIND_FP), ==, "FP");
  g_assert_cmpstr(ms_kind_label(MS_KIND_FN), ==, "FN");
  g_assert_cmpstr(ms_kind_label(MS_KIND_CONFUSED), ==, "Confused");
  g_assert_cmpstr(ms_kind_label(MS_KIND_IGNORED), ==, "Ignored");
  g_assert_cmpstr(ms_kind_label(MS_KIND_TN), ==, "TN");
  g_assert_cmpstr(ms_kind_description(MS_KIND_FP), ==, "predicted, not actual");
  g_assert_cmpstr(ms_kind_description(MS_KIND_FN), ==, "actual, not predicted");
  g_assert_cmpstr(ms_kind_description(MS_KIND_IGNORED), ==, "left out of every count");
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/render/palette/documented", test_documented);
  g_test_add_func("/render/palette/ignored-is-grey", test_ignored_is_grey);
  g_test_add_func("/render/palette/apart", test_apart);
  g_test_add_func("/render/palette/words", test_words);
  return g_test_run();
}
