/* SPDX-License-Identifier: MIT
 *
 * Classes as a layer: every pixel in its class's own colour, what is hidden, ignored or background
 * as it should be, pixels counted; of several classes on a pixel the right one. And the focus that
 * says which classes are looked at.
 */
#include "report/class-layer.h"

#include "report/layers.h"
#include "report/sets.h"

#define CAT  0xffc80a14u
#define DOG  0xff0a14c8u
#define GREY 0xff707070u

static MsSet *
open_classes(const TestFolder *folder, const char *actual, const char *predicted)
{
  static const char table[] =
      "id,name,r,g,b\n0,background,0,0,0\n1,cat,200,10,20\n2,dog,10,20,200\n";

  g_free(test_file(folder, "classes.csv", table, strlen(table)));
  test_write_mask(folder, "actual/one.png", actual);
  test_write_mask(folder, "predictions/one.png", predicted);
  return test_open_set(folder);
}

static MsFrame *
load(MsSet *set)
{
  g_autoptr(GError) error = NULL;
  MsFrame *frame = ms_frame_load(set, 0, 0, NULL, &error);

  g_assert_no_error(error);
  return frame;
}

/* '.' unpainted, 'c' cat, 'd' dog, 'i' ignored. */
static void
assert_layer(const MsClassLayer *layer, const char *art)
{
  const MsLevel *level = &layer->colors->levels[0];
  g_auto(GStrv) rows = g_strsplit(art, "\n", -1);

  g_assert_cmpint(layer->colors->content, ==, MS_PYRAMID_COLORS);
  g_assert_cmpint(level->height, ==, (int)g_strv_length(rows));
  for (int y = 0; y < level->height; y++) {
    const guint32 *row = (const guint32 *)(const void *)(level->pixels + y * level->stride);

    g_assert_cmpint(level->width, ==, (int)strlen(rows[y]));
    for (int x = 0; x < level->width; x++)
      g_assert_cmphex(row[x], ==,
                      rows[y][x] == 'c'   ? CAT
                      : rows[y][x] == 'd' ? DOG
                      : rows[y][x] == 'i' ? GREY
                                          : 0);
  }
}

/* "cat 5, dog 2": in the order of the list. */
static void
assert_classes(const MsClassLayer *layer, MsSet *set, const char *expected)
{
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < layer->classes->len; i++) {
    const MsPaintedClass *class = &g_array_index(layer->classes, MsPaintedClass, i);
    g_autofree char *name = ms_painted_class_name(class, set, 0);

    g_string_append_printf(text, "%s%s %d", i > 0 ? ", " : "", name, (int)class->pixels);
  }
  g_assert_cmpstr(text->str, ==, expected);
  g_string_free(text, TRUE);
}

static void
assert_painted(const MsFrame *frame, MsPaint paint, const MsRules *rules, const MsClassFocus *focus,
               const char *art, const char *classes)
{
  g_autoptr(MsClassLayer) layer = ms_class_layer_new(frame, paint, rules, focus, NULL);

  g_assert_nonnull(layer);
  assert_layer(layer, art);
  assert_classes(layer, frame->set, classes);
}

static void
test_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder, "1122\n1100", "1112\n1000");
  g_autoptr(MsFrame) frame = load(set);
  const MsRules *rules = &ms_set_get_rules(set, 0)->rules;
  g_autoptr(MsClassFocus) dog = ms_class_focus_toggle_solo(NULL, 2);
  g_autoptr(MsClassFocus) no_cat = ms_class_focus_toggle_hidden(NULL, 1);
  g_autoptr(MsClassFocus) ground = ms_class_focus_toggle_solo(NULL, 0);
  g_autoptr(MsClassLayer) alone = NULL;

  assert_painted(frame, MS_PAINT_ACTUAL, rules, NULL, "ccdd\ncc..", "cat 4, dog 2");
  assert_painted(frame, MS_PAINT_PREDICTED, rules, NULL, "cccd\nc...", "cat 4, dog 1");
  assert_painted(frame, MS_PAINT_ACTUAL, rules, dog, "..dd\n....", "dog 2");
  assert_painted(frame, MS_PAINT_PREDICTED, rules, no_cat, "...d\n....", "dog 1");
  alone = ms_class_layer_new(frame, MS_PAINT_ACTUAL, rules, ground, NULL);
  assert_classes(alone, set, "background 2");
}

/* Ignored where it is actual; what is predicted there is shown. */
static void
test_ignored(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder, "12\n22", "11\n12");
  g_autoptr(MsFrame) frame = load(set);
  const guint32 ignored[] = {2};
  MsRules rules = ms_set_get_rules(set, 0)->rules;

  rules.ignored = ignored;
  rules.n_ignored = 1;
  assert_painted(frame, MS_PAINT_ACTUAL, &rules, NULL, "ci\nii", "cat 1, Ignored 3");
  assert_painted(frame, MS_PAINT_PREDICTED, &rules, NULL, "cc\ncd", "cat 3, dog 1");
}

/* A binary mask is one class; a threshold makes one of values. */
static void
test_binary(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder, "10\n01", "12\n10");
  g_autoptr(MsFrame) frame = load(set);
  MsRules rules;

  ms_rules_init(&rules);
  assert_painted(frame, MS_PAINT_ACTUAL, &rules, NULL, "c.\n.c", "cat 2");
  rules.comparison = MS_COMPARE_THRESHOLD;
  rules.threshold = 1;
  assert_painted(frame, MS_PAINT_PREDICTED, &rules, NULL, ".c\n..", "cat 1");
}

/* A mask is shown without the other one, and one that is not there is not. */
static void
test_missing(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder, "12", "11");
  g_autoptr(MsFrame) frame = load(set);
  MsFrame half = *frame;

  half.has_predicted = FALSE;
  assert_painted(&half, MS_PAINT_ACTUAL, &ms_set_get_rules(set, 0)->rules, NULL, "cd",
                 "cat 1, dog 1");
  g_assert_null(
      ms_class_layer_new(&half, MS_PAINT_PREDICTED, &ms_set_get_rules(set, 0)->rules, NULL, NULL));
}

/* Numbers of 32 bits beyond any table, and more of them than fit in a byte. */
static void
test_large_ids(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder, "12", "11");
  g_autoptr(MsFrame) loaded = load(set);
  MsFrame frame = *loaded;
  MsRules rules = ms_set_get_rules(set, 0)->rules;
  g_autoptr(MsClassLayer) layer = NULL;

  g_assert_cmpint(ms_raster_init(&frame.actual, 600, 2, 32), ==, MS_STATUS_OK);
  for (int x = 0; x < 600; x++)
    ((guint32 *)ms_raster_row_writable(&frame.actual, 1))[x] = 4000000000u + (guint32)x / 2;
  rules.classes = NULL;
  layer = ms_class_layer_new(&frame, MS_PAINT_ACTUAL, &rules, NULL, NULL);
  g_assert_cmpuint(layer->classes->len, ==, 300);
  for (guint i = 0; i < 300; i++) {
    const MsPaintedClass *class = &g_array_index(layer->classes, MsPaintedClass, i);

    g_assert_cmpuint(class->id, ==, 4000000000u + i);
    g_assert_cmpuint(class->pixels, ==, 2);
  }
  ms_raster_clear(&frame.actual);
}

/* ---- stacks ---- */

static void
paint_object(MsStackPainter *painter, guint32 id, double score, int first, int last)
{
  ms_stack_painter_begin(painter, id, ms_stack_score(score));
  for (int x = first; x <= last; x++)
    g_assert_cmpint(ms_stack_painter_column(painter, x, 0, 1), ==, MS_STATUS_OK);
}

/* x 0 cat 0.9; 1 cat and dog 0.6; 2 both 0.5; 3 dog 0.3; 4 nothing. */
static void
make_stacks(MsRaster *raster, MsStacks **stacks)
{
  MsStackPainter *painter;

  g_assert_cmpint(ms_stack_painter_new(5, 1, &painter), ==, MS_STATUS_OK);
  paint_object(painter, 1, 0.9, 0, 0);
  paint_object(painter, 2, 0.6, 1, 1);
  paint_object(painter, 1, 0.4, 1, 1);
  paint_object(painter, 2, 0.5, 2, 2);
  paint_object(painter, 1, 0.5, 2, 2);
  paint_object(painter, 2, 0.3, 3, 3);
  g_assert_cmpint(ms_stack_painter_finish(painter, raster, stacks), ==, MS_STATUS_OK);
}

static void
test_stacks(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder, "12", "11");
  g_autoptr(MsFrame) loaded = load(set);
  g_autoptr(MsClassFocus) cat = ms_class_focus_toggle_solo(NULL, 1);
  g_autoptr(MsClassFocus) no_dog = ms_class_focus_toggle_hidden(NULL, 2);
  MsRules rules = {.comparison = MS_COMPARE_STACKS, .background = -1};
  MsFrame frame = *loaded;
  MsResult result = *loaded->result;

  make_stacks(&frame.predicted, &result.predicted_stacks);
  frame.result = &result;
  assert_painted(&frame, MS_PAINT_PREDICTED, &rules, NULL, "cdcd.", "cat 2, dog 2");
  assert_painted(&frame, MS_PAINT_PREDICTED, &rules, cat, "ccc..", "cat 3");
  assert_painted(&frame, MS_PAINT_PREDICTED, &rules, no_dog, "ccc..", "cat 3");
  rules.threshold = ms_stack_score(0.5);
  assert_painted(&frame, MS_PAINT_PREDICTED, &rules, NULL, "cd...", "cat 1, dog 1");
  assert_painted(&frame, MS_PAINT_PREDICTED, &rules, cat, "c....", "cat 1");
  g_assert_null(ms_class_layer_new(&frame, MS_PAINT_ACTUAL, &rules, NULL, NULL));
  ms_stacks_free(result.predicted_stacks);
  ms_raster_clear(&frame.predicted);
}

/* ---- focus ---- */

static void
assert_described(const MsClassFocus *focus, MsSet *set, const char *expected)
{
  g_autofree char *text = ms_class_focus_describe(focus, set, 0);

  g_assert_cmpstr(text, ==, expected);
}

static void
test_focus(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder, "12", "11");
  g_autoptr(MsClassFocus) dog = ms_class_focus_toggle_solo(NULL, 2);
  g_autoptr(MsClassFocus) no_cat = ms_class_focus_toggle_hidden(NULL, 1);
  g_autoptr(MsClassFocus) both = ms_class_focus_toggle_solo(no_cat, 1);
  g_autoptr(MsClassFocus) neither = ms_class_focus_toggle_hidden(dog, 2);
  g_autoptr(MsClassFocus) two = ms_class_focus_toggle_hidden(neither, 1);

  assert_described(NULL, set, NULL);
  assert_described(dog, set, "Only: dog");
  assert_described(no_cat, set, "Hidden: cat");
  assert_described(neither, set, "Hidden: dog");
  assert_described(two, set, "Hidden: cat, dog");
  g_assert_true(ms_class_focus_sees(NULL, 7) && ms_class_focus_sees(dog, 2));
  g_assert_false(ms_class_focus_sees(dog, 1) || ms_class_focus_sees(no_cat, 1));
  g_assert_true(ms_class_focus_sees(both, 1));
  g_assert_true(ms_class_focus_hides(both, 1));
  g_assert_cmpint(ms_class_focus_get_solo(neither), ==, -1);
  g_assert_null(ms_class_focus_toggle_solo(dog, 2));
  g_assert_null(ms_class_focus_toggle_hidden(no_cat, 1));
  g_assert_null(ms_class_focus_toggle_hidden(dog, 1));
  g_assert_cmpuint(ms_class_focus_get(two).n_hidden, ==, 2);
  g_assert_cmpuint(ms_class_focus_get(two).hidden[0], ==, 1);
  g_assert_cmpint(ms_class_focus_get(NULL).solo, ==, -1);
}

static void
test_focus_names_few(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder, "12", "11");
  MsClassFocus *focus = NULL;

  for (guint32 id = 9; id > 0; id--) {
    MsClassFocus *more = ms_class_focus_toggle_hidden(focus, id);

    ms_class_focus_unref(focus);
    focus = more;
  }
  assert_described(focus, set, "Hidden: cat, dog, 3 and 6 more");
  ms_class_focus_unref(focus);
}

/* Its own counts, whether the example has it or not; kinds that count the same. */
static void
test_alone(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder, "1122\n1100", "1112\n1000");
  g_autoptr(MsFrame) frame = load(set);
  g_autoptr(MsClassFocus) cat = ms_class_focus_toggle_solo(NULL, 1);
  g_autoptr(MsClassFocus) none = ms_class_focus_toggle_solo(NULL, 9);
  MsClassCounts counts;
  MsKindCounts kinds;

  g_assert_false(ms_class_focus_find_counts(NULL, frame->result->confusion, &counts));
  g_assert_true(ms_class_focus_find_counts(cat, frame->result->confusion, &counts));
  g_assert_cmpuint(counts.counts.tp, ==, 3);
  g_assert_cmpuint(counts.counts.fp, ==, 1);
  g_assert_cmpuint(counts.counts.fn, ==, 1);
  g_assert_cmpuint(counts.counts.tn, ==, 3);
  g_assert_true(ms_layers_count_kinds(frame, &ms_set_get_rules(set, 0)->rules, cat, &kinds));
  g_assert_cmpuint(kinds.tp, ==, 3);
  g_assert_cmpuint(kinds.fp, ==, 1);
  g_assert_cmpuint(kinds.fn, ==, 1);
  g_assert_cmpuint(kinds.confused, ==, 0);
  g_assert_cmpfloat(ms_class_focus_score(&counts, MS_METRIC_IOU, MS_EMPTY_ONE).value, ==, 0.6);

  g_assert_true(ms_class_focus_find_counts(none, frame->result->confusion, &counts));
  g_assert_cmpuint(counts.counts.tn, ==, 8);
  g_assert_false(ms_class_focus_score(&counts, MS_METRIC_IOU, MS_EMPTY_ONE).defined);
  g_assert_cmpfloat(ms_class_focus_score(&counts, MS_METRIC_ACCURACY, MS_EMPTY_ONE).value, ==, 1);
}

static void
test_names(void)
{
  static const char *const names[MS_N_PAINTS] = {"errors", "actual", "predicted"};
  MsPaint paint = MS_PAINT_ERRORS;

  for (MsPaint i = 0; i < MS_N_PAINTS; i++) {
    g_assert_true(ms_paint_from_name(names[i], &paint));
    g_assert_cmpint(paint, ==, i);
  }
  g_assert_false(ms_paint_from_name("Actual", &paint));
  g_assert_false(ms_paint_from_name("", &paint));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/report/class-layer/classes", test_classes);
  g_test_add_func("/report/class-layer/ignored", test_ignored);
  g_test_add_func("/report/class-layer/binary", test_binary);
  g_test_add_func("/report/class-layer/missing", test_missing);
  g_test_add_func("/report/class-layer/large-ids", test_large_ids);
  g_test_add_func("/report/class-layer/stacks", test_stacks);
  g_test_add_func("/report/class-layer/focus", test_focus);
  g_test_add_func("/report/class-layer/focus-names-few", test_focus_names_few);
  g_test_add_func("/report/class-layer/alone", test_alone);
  g_test_add_func("/report/class-layer/names", test_names);
  return g_test_run();
}
