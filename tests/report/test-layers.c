/* SPDX-License-Identifier: MIT
 *
 * What is dimmed of the kinds: exactly the wrong pixels that the tolerance forgives or that are
 * wrong in another way, pixel by pixel and counted; a pixel that is not forgiven shows through
 * every smaller level. What was diagnosed of another pair dims nothing.
 */
#include "report/layers.h"

#include "render/palette.h"
#include "report/sets.h"
#include "support/random.h"

static MsSet *
open_pair(const TestFolder *folder, const char *classes, const char *actual, const char *predicted)
{
  if (classes)
    g_free(test_file(folder, "classes.csv", classes, strlen(classes)));
  test_write_mask(folder, "actual/one.png", actual);
  test_write_mask(folder, "predictions/one.png", predicted);
  return test_open_set(folder);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsPyramid, ms_pyramid_free)

typedef struct {
  TestFolder folder;
  MsSet *set;
  MsFrame *frame;
  MsRuleset *rules;
  MsAnalysis *analysis;
} Pair;

static Pair
pair_open(const char *classes, const char *actual, const char *predicted)
{
  g_autoptr(GError) error = NULL;
  Pair pair = {.folder = test_folder_new()};

  pair.set = open_pair(&pair.folder, classes, actual, predicted);
  pair.frame = ms_frame_load(pair.set, 0, 0, NULL, &error);
  g_assert_no_error(error);
  pair.rules = ms_set_get_rules(pair.set, 0);
  pair.analysis = ms_analysis_new(pair.frame, pair.rules, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return pair;
}

static void
pair_clear(Pair *pair)
{
  ms_analysis_unref(pair->analysis);
  ms_frame_unref(pair->frame);
  g_object_unref(pair->set);
  test_folder_clear(&pair->folder);
}

static MsPyramid *
paint(const Pair *pair, const MsDimming *dim, MsKindCounts *dimmed)
{
  MsPyramid *kinds = ms_layers_kinds(pair->frame, &pair->rules->rules, NULL, dim, dimmed, NULL);

  g_assert_nonnull(kinds);
  return kinds;
}

/* '+' FP, '-' FN, 'x' confused, '#' TP, '.' not painted, 'd' dimmed. */
static char *
draw(const MsPyramid *kinds)
{
  const MsLevel *level = &kinds->levels[0];
  GString *text = g_string_new(NULL);

  for (int y = 0; y < level->height; y++) {
    for (int x = 0; x < level->width; x++) {
      guint8 kind = level->pixels[y * level->stride + x];

      g_string_append_c(text, kind == MS_KIND_FP         ? '+'
                              : kind == MS_KIND_FN       ? '-'
                              : kind == MS_KIND_CONFUSED ? 'x'
                              : kind == MS_KIND_TP       ? '#'
                              : kind == MS_KIND_DIM      ? 'd'
                              : kind == 0                ? '.'
                                                         : '?');
    }
    g_string_append_c(text, '\n');
  }
  return g_string_free(text, FALSE);
}

static void
assert_painted(const Pair *pair, int tolerance, int error, const char *want, MsKindCounts counts)
{
  MsKindCounts dimmed;
  g_autoptr(MsPyramid) kinds = paint(pair, &(MsDimming){pair->analysis, tolerance, error}, &dimmed);
  g_autofree char *got = draw(kinds);

  g_assert_cmpstr(got, ==, want);
  g_assert_cmpuint(dimmed.fp, ==, counts.fp);
  g_assert_cmpuint(dimmed.fn, ==, counts.fn);
  g_assert_cmpuint(dimmed.confused, ==, counts.confused);
}

/* The edge is forgiven one pixel more with each step; what was invented far from it never is. */
static void
test_tolerance(void)
{
  Pair pair = pair_open(NULL, "####..........\n####..........\n####..........",
                        "######......##\n######......##\n###.........##");

  assert_painted(&pair, 0, -1, "####++......++\n####++......++\n###-........++\n",
                 (MsKindCounts){0});
  assert_painted(&pair, 1, -1, "####d+......++\n####d+......++\n###d........++\n",
                 (MsKindCounts){.fp = 2, .fn = 1});
  assert_painted(&pair, 2, -1, "####dd......++\n####dd......++\n###d........++\n",
                 (MsKindCounts){.fp = 4, .fn = 1});
  assert_painted(&pair, 10, -1, "####dd......dd\n####dd......dd\n###d........dd\n",
                 (MsKindCounts){.fp = 10, .fn = 1});
  pair_clear(&pair);
}

/* One kind of error alone; what is wrong in another way is dimmed. */
static void
test_error(void)
{
  Pair pair = pair_open("id,name\n0,background\n1,cat\n2,dog\n",
                        "1111....22\n1111....22\n1111....22", "1111....11\n1111....11\n1111.1..11");

  assert_painted(&pair, 0, MS_ERROR_CONFUSED, "####....xx\n####....xx\n####.d..xx\n",
                 (MsKindCounts){.fp = 1});
  assert_painted(&pair, 0, MS_ERROR_MISSED, "####....dd\n####....dd\n####.d..dd\n",
                 (MsKindCounts){.fp = 1, .confused = 6});
  assert_painted(&pair, 0, -1, "####....xx\n####....xx\n####.+..xx\n", (MsKindCounts){0});
  pair_clear(&pair);
}

/* What nobody chose, or what is of a pair of another size. */
static void
test_nothing_dimmed(void)
{
  Pair pair = pair_open(NULL, "##..", "###."), other = pair_open(NULL, "##...", "###..");
  MsKindCounts dimmed = {.fp = 7};
  g_autoptr(MsPyramid) plain = paint(&pair, NULL, &dimmed);
  g_autofree char *text = draw(plain);
  g_autoptr(MsPyramid) foreign = paint(&pair, &(MsDimming){other.analysis, 20, -1}, NULL);
  g_autofree char *foreign_text = draw(foreign);
  g_autoptr(MsPyramid) empty = paint(&pair, &(MsDimming){NULL, 20, -1}, NULL);
  g_autofree char *empty_text = draw(empty);

  g_assert_cmpstr(text, ==, "##+.\n");
  g_assert_cmpuint(dimmed.fp, ==, 0);
  g_assert_cmpstr(foreign_text, ==, text);
  g_assert_cmpstr(empty_text, ==, text);
  pair_clear(&pair);
  pair_clear(&other);
}

/* Whatever the masks: what is dimmed is what the map says, at every tolerance and of every error,
 * and smaller levels unite it with what is not. */
static char *
random_mask(TestRandom *random, int width, int height, guint32 n_classes)
{
  GString *text = g_string_new(NULL);

  for (int y = 0; y < height; y++) {
    for (int x = 0, left = 0, sample = 0; x < width; x++, left--) {
      if (left <= 0) {
        sample = (int)test_random_below(random, n_classes);
        left = 1 + (int)test_random_below(random, 20);
      }
      g_string_append_c(text, (char)('0' + sample));
    }
    if (y + 1 < height)
      g_string_append_c(text, '\n');
  }
  return g_string_free(text, FALSE);
}

static gboolean
should_dim(const Pair *pair, int x, int y, int tolerance, int error)
{
  guint8 byte = (guint8)ms_raster_get(&pair->analysis->diagnosis.map, x, y);

  return byte != 0 &&
         (MS_MAP_REACH(byte) <= tolerance || (error >= 0 && (int)MS_MAP_ERROR(byte) != error));
}

static void
assert_level_0(const Pair *pair, const MsPyramid *plain, const MsPyramid *kinds, int tolerance,
               int error, guint64 *n_dimmed)
{
  const MsLevel *level = &kinds->levels[0];

  for (int y = 0; y < level->height; y++)
    for (int x = 0; x < level->width; x++) {
      guint8 undimmed = plain->levels[0].pixels[y * level->stride + x];
      gboolean dim = should_dim(pair, x, y, tolerance, error);

      *n_dimmed += dim;
      g_assert_cmpuint(level->pixels[y * level->stride + x], ==, dim ? MS_KIND_DIM : undimmed);
    }
}

static void
assert_united(const MsPyramid *kinds)
{
  guint n_mixed = 0;

  for (int i = 1; i < kinds->n_levels; i++) {
    const MsLevel *above = &kinds->levels[i - 1], *level = &kinds->levels[i];

    for (int y = 0; y < level->height; y++)
      for (int x = 0; x < level->width; x++) {
        guint8 united = 0;

        for (int cell_y = 2 * y; cell_y < MIN(2 * y + 2, above->height); cell_y++)
          for (int cell_x = 2 * x; cell_x < MIN(2 * x + 2, above->width); cell_x++)
            united |= above->pixels[cell_y * above->stride + cell_x];
        g_assert_cmpuint(level->pixels[y * level->stride + x], ==, united);
        n_mixed += (united & MS_KIND_DIM) && (united & MS_KIND_WRONG);
      }
  }
  g_assert_cmpuint(n_mixed, >, 0);
}

static void
assert_random(TestRandom *random, const char *classes, guint32 n_classes)
{
  g_autofree char *actual = random_mask(random, 131, 90, n_classes);
  g_autofree char *predicted = random_mask(random, 131, 90, n_classes);
  Pair pair = pair_open(classes, actual, predicted);
  g_autoptr(MsPyramid) plain = paint(&pair, NULL, NULL);

  for (int tolerance = 0; tolerance <= 3; tolerance++)
    for (int error = -1; error < MS_N_ERRORS; error += 2) {
      MsKindCounts dimmed;
      guint64 n_dimmed = 0;
      g_autoptr(MsPyramid) kinds =
          paint(&pair, &(MsDimming){pair.analysis, tolerance, error}, &dimmed);

      assert_level_0(&pair, plain, kinds, tolerance, error, &n_dimmed);
      g_assert_cmpuint(dimmed.fp + dimmed.fn + dimmed.confused, ==, n_dimmed);
      if (tolerance == 1 && error == -1)
        assert_united(kinds);
    }
  pair_clear(&pair);
}

static void
test_random_masks(void)
{
  TestRandom random = {.state = 901};

  for (int i = 0; i < 3; i++) {
    assert_random(&random, NULL, 2);
    assert_random(&random, "id,name\n0,background\n1,cat\n2,dog\n3,owl\n", 4);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/layers/tolerance", test_tolerance);
  g_test_add_func("/layers/error", test_error);
  g_test_add_func("/layers/nothing-dimmed", test_nothing_dimmed);
  g_test_add_func("/layers/random", test_random_masks);
  return g_test_run();
}
