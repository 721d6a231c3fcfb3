/* SPDX-License-Identifier: MIT
 *
 * Adjustments as texts and lists: what is read, what is refused and with which words, what is done
 * one after the other, and whose is used.
 */
#include "set/adjustment.h"

#include "set/adjustments.h"
#include "set/option-values.h"
#include "support/random.h"

static MsAdjustment *
parse(const char *text)
{
  g_autoptr(GError) error = NULL;
  MsAdjustment *adjustment = ms_adjustment_parse(text, &error);

  g_assert_no_error(error);
  g_assert_nonnull(adjustment);
  return adjustment;
}

static void
test_parse(void)
{
  g_autoptr(MsAdjustment) all = parse("shift:2:-1, 11-20=3 ,invert,turn-90,1=0");
  g_autofree char *text = ms_adjustment_to_text(all);

  g_assert_null(all->model);
  g_assert_true(all->inverted);
  g_assert_cmpint(all->turn, ==, MS_TURN_90);
  g_assert_cmpint(all->shift_x, ==, 2);
  g_assert_cmpint(all->shift_y, ==, -1);
  g_assert_cmpuint(ms_id_map_get(all->ids, 15), ==, 3);
  g_assert_cmpuint(ms_id_map_get(all->ids, 1), ==, 0);
  g_assert_cmpstr(text, ==, "1=0,11-20=3,invert,turn-90,shift:2:-1");
}

/* What stands before the list, however odd, is the model's name. */
static void
test_names(void)
{
  static const struct {
    const char *text, *model, *list;
  } cases[] = {
      {"flip-x", NULL, "flip-x"},
      {"*:flip-x", NULL, "flip-x"},
      {"none", NULL, ""},
      {"unet:none", "unet", ""},
      {"unet:flip-x", "unet", "flip-x"},
      {"unet:shift:1:2", "unet", "shift:1:2"},
      {"shift:1:2", NULL, "shift:1:2"},
      {"shift:shift:1:2", "shift", "shift:1:2"},
      {"shift:1:2:flip-y", "shift:1:2", "flip-y"},
      {"shift:1:shift:1:2,invert", "shift:1", "invert,shift:1:2"},
      {"flip-x:flip-y", "flip-x", "flip-y"},
      {"flip-x,a:flip-y", "flip-x,a", "flip-y"},
      {"a:b:transpose", "a:b", "transpose"},
      {"a::anti-transpose", "a:", "anti-transpose"},
      {"lr=0.1:flip-x", "lr=0.1", "flip-x"},
      {"lr=0.1,b=2:3=4,turn-180", "lr=0.1,b=2", "3=4,turn-180"},
      {"1=2:3=4", "1=2", "3=4"},
      {"seg former:turn-270", "seg former", "turn-270"},
      {"none:invert", "none", "invert"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(MsAdjustment) adjustment = parse(cases[i].text);
    g_autofree char *list = ms_adjustment_to_text(adjustment);
    g_autofree char *argument = ms_adjustment_to_argument(adjustment);
    g_autoptr(MsAdjustment) again = parse(argument);
    g_autofree char *list_again = ms_adjustment_to_text(again);

    g_assert_cmpstr(adjustment->model, ==, cases[i].model);
    g_assert_cmpstr(list, ==, cases[i].list);
    g_assert_cmpstr(again->model, ==, cases[i].model);
    g_assert_cmpstr(list_again, ==, cases[i].list);
  }
}

static void
test_errors(void)
{
  static const char *const cases[][2] = {
      {"", "\"\" is none of invert"},
      {"unet:", "\"\" is none of invert"},
      {":flip-x", "before the colon"},
      {"flop", "\"flop\" is none of invert, flip-x, flip-y, turn-90"},
      {"unet:flop", "\"flop\" is none of"},
      {"unet:flip-x,", "\"\" is none of"},
      {"flip-x,unet:flop", "\"flop\" is none of"},
      {"shift:2", "\"shift:2\" is none of"},
      {"shift:a:b", "\"shift:a:b\" is none of"},
      {"unet:shift:2", "\"shift:2\" is none of"},
      {"shift:1001:0", "from -1000 to 1000"},
      {"unet:shift:0:-1001", "from -1000 to 1000"},
      {"shift:1-2:0", "whole numbers"},
      {"shift:1:1,shift:2:2", "\"shift:2:2\" is a second move"},
      {"flip-x,flip-y", "\"flip-x\" and \"flip-y\" are two turns"},
      {"invert,invert", "\"invert\" is given twice"},
      {"1=2,1=3", "id 1 is mapped twice"},
      {"a=2", "\"a\" is neither an id"},
      {"1=ignore", "\"ignore\" is for actual ids"},
      {"flip-x,none", "\"none\" is none of"},
      {"\xff:flip-x", "before the colon"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    MsAdjustment *adjustment = ms_adjustment_parse(cases[i][0], &error);

    g_assert_null(adjustment);
    g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
    if (!strstr(error->message, cases[i][1]))
      g_error("\"%s\": \"%s\" does not say \"%s\"", cases[i][0], error->message, cases[i][1]);
  }
}

static void
assert_described(const char *text, const char *expected)
{
  g_autoptr(MsAdjustment) adjustment = parse(text);
  g_autofree char *description = ms_adjustment_describe(adjustment);

  g_assert_cmpstr(description, ==, expected);
  g_assert_cmpint(ms_adjustment_is_idle(adjustment), ==, expected == NULL);
}

static void
test_describe(void)
{
  assert_described("none", NULL);
  assert_described("shift:0:0", NULL);
  assert_described("flip-x", "flipped left to right");
  assert_described("flip-y,shift:2:-1", "flipped top to bottom and moved by (2, -1)");
  assert_described("1=2,2=1,invert,turn-90",
                   "with ids mapped (1=2, 2=1), inverted and turned clockwise by 90°");
  assert_described("1=0,2=1,3=2,4=3,5=4,6=5", "with ids mapped (1=0, 2=1, 3=2, 4=3 and 2 more)");
}

static void
test_copy(void)
{
  g_autoptr(MsAdjustment) adjustment = parse("unet:1=2,invert,transpose,shift:0:7");
  g_autoptr(MsAdjustment) copy = ms_adjustment_copy(adjustment);
  g_autofree char *text = ms_adjustment_to_argument(copy);

  g_assert_true(copy->ids != adjustment->ids);
  g_assert_cmpstr(text, ==, "unet:1=2,invert,transpose,shift:0:7");
  g_assert_null(ms_adjustment_copy(NULL));
  ms_adjustment_free(NULL);
}

/* --- one after the other ---------------------------------------------------------------------- */

static void
assert_combined(const char *first_text, const char *then_text, const char *expected)
{
  g_autoptr(MsAdjustment) first = parse(first_text);
  g_autoptr(MsAdjustment) then = parse(then_text);
  g_autoptr(MsAdjustment) both = ms_adjustment_combine(first, then);
  g_autofree char *text = both ? ms_adjustment_to_argument(both) : NULL;

  g_assert_cmpstr(text, ==, expected);
}

static void
test_combine(void)
{
  assert_combined("none", "unet:flip-x", "unet:flip-x");
  assert_combined("flip-x", "unet:flip-x", "unet:none");
  assert_combined("flip-x", "flip-y", "turn-180");
  assert_combined("turn-90", "flip-x", "transpose");
  assert_combined("invert", "invert,shift:1:2", "shift:1:2");
  assert_combined("shift:3:-1", "flip-x", "flip-x,shift:-3:-1");
  assert_combined("shift:3:-1", "turn-90,shift:1:0", "turn-90,shift:2:3");
  assert_combined("1=2", "2=1,3=4", "1=1,2=1,3=4");
  assert_combined("shift:600:0", "shift:400:0", "shift:1000:0");
  assert_combined("shift:600:0", "shift:401:0", NULL);
  assert_combined("shift:0:-600", "shift:0:-401", NULL);
}

/* Every id in turn, of random maps. */
static MsIdMap *
random_map(TestRandom *random)
{
  MsIdMap *map = ms_id_map_new();

  for (guint i = 0; i < 6; i++) {
    guint first = test_random_below(random, 60), last = first + test_random_below(random, 9);
    g_autofree char *from = g_strdup_printf("%u-%u", first, last);
    g_autofree char *to = g_strdup_printf("%u", test_random_below(random, 60));

    ms_id_map_add(map, from, to, NULL); /* not where another one is */
  }
  if (test_random_below(random, 2))
    g_assert_true(ms_id_map_add(map, "4294967290-4294967295", "7", NULL));
  return map;
}

static void
test_compose(void)
{
  TestRandom random = {33};

  for (guint i = 0; i < 200; i++) {
    g_autoptr(MsIdMap) first = random_map(&random);
    g_autoptr(MsIdMap) then = random_map(&random);
    g_autoptr(MsIdMap) both = ms_id_map_compose(first, then);
    g_autoptr(MsIdMap) same = ms_id_map_compose(NULL, then);
    g_auto(GStrv) lines = ms_id_map_to_lines(both);
    g_autofree char *list = g_strjoinv(",", lines);
    g_autoptr(MsIdMap) again = ms_id_map_new();

    for (guint id = 0; id < 80; id++) {
      g_assert_cmpuint(ms_id_map_get(both, id), ==, ms_id_map_get(then, ms_id_map_get(first, id)));
      g_assert_cmpuint(ms_id_map_get(same, id), ==, ms_id_map_get(then, id));
    }
    for (guint id = G_MAXUINT32 - 10; id != 0; id++)
      g_assert_cmpuint(ms_id_map_get(both, id), ==, ms_id_map_get(then, ms_id_map_get(first, id)));
    g_assert_true(ms_id_map_n_ranges(both) == 0 || ms_id_map_parse(again, list, NULL));
  }
}

/* --- those of a set --------------------------------------------------------------------------- */

static MsOptions *
options_with(const char *first, ...)
{
  MsOptions *options = ms_options_new();
  va_list values;

  va_start(values, first);
  for (const char *value = first; value; value = va_arg(values, const char *))
    g_assert_true(ms_options_add_adjust(options, "--adjust", value, NULL));
  va_end(values);
  return options;
}

static void
assert_done(const MsOptions *options, const char *model, const char *expected)
{
  const MsAdjustment *adjustment = ms_options_find_adjustment(options, model);
  g_autofree char *text = adjustment ? ms_adjustment_to_text(adjustment) : NULL;

  g_assert_cmpstr(text, ==, expected);
}

static void
test_whose(void)
{
  g_autoptr(MsOptions) options = options_with("flip-x", "unet:shift:1:0", "plain:none", NULL);
  g_autoptr(GError) error = NULL;

  assert_done(options, "unet", "shift:1:0");
  assert_done(options, "plain", "");
  assert_done(options, "other", "flip-x");
  g_assert_false(ms_options_add_adjust(options, "--adjust", "unet:flip-x", &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
  g_assert_nonnull(strstr(error->message, "--adjust: unet is adjusted twice"));
  g_assert_false(ms_options_add_adjust(options, "--adjust", "invert", NULL));
}

static void
test_one_more(void)
{
  g_autoptr(MsOptions) options = options_with("flip-x", "unet:shift:1:0", NULL);
  g_autoptr(MsAdjustment) of_other = parse("other:invert");
  g_autoptr(MsAdjustment) of_unet = parse("unet:flip-x");
  g_autoptr(MsAdjustment) of_all = parse("flip-y");
  g_autoptr(MsAdjustment) far = parse("shift:1000:0");

  g_assert_true(ms_options_adjust(options, of_other));
  g_assert_true(ms_options_adjust(options, of_unet));
  assert_done(options, "other", "invert,flip-x");
  assert_done(options, "unet", "flip-x,shift:-1:0");
  assert_done(options, "third", "flip-x");
  g_assert_true(ms_options_adjust(options, of_all));
  assert_done(options, "other", "invert,turn-180");
  assert_done(options, "unet", "turn-180,shift:-1:0");
  assert_done(options, "third", "turn-180");
  g_assert_true(ms_options_adjust(options, far));
  assert_done(options, "third", "turn-180,shift:1000:0");
  g_assert_false(ms_options_adjust(options, far));
  assert_done(options, "third", "turn-180,shift:1000:0");
  assert_done(options, "unet", "turn-180,shift:999:0");
}

/* What is mapped first cannot be mapped after --map-predicted. */
static void
test_one_more_of_ids(void)
{
  g_autoptr(MsOptions) options = options_with("unet:1=2", NULL);
  g_autoptr(MsAdjustment) then = parse("unet:2=1,3=4");

  g_assert_true(ms_options_adjust(options, then));
  assert_done(options, "unet", "1=1,2=1,3=4");
  g_assert_true(ms_options_add_map_predicted(options, "--map-predicted", "4=5", NULL));
  g_assert_false(ms_options_adjust(options, then));
  assert_done(options, "unet", "1=1,2=1,3=4");
}

static void
test_file_after_given(void)
{
  g_autoptr(MsOptions) file = options_with("flip-x", "unet:shift:1:0", "other:invert", NULL);
  g_autoptr(MsOptions) some = options_with("unet:flip-y", NULL);
  g_autoptr(MsOptions) all = options_with("none", NULL);

  ms_adjustments_take(some->adjustments, file->adjustments);
  assert_done(some, "unet", "flip-y");
  assert_done(some, "other", "invert");
  assert_done(some, "third", "flip-x");
  ms_adjustments_take(all->adjustments, file->adjustments);
  assert_done(all, "unet", "");
  assert_done(all, "other", "");
}

static void
test_unknown(void)
{
  g_autoptr(MsOptions) options = options_with("flip-x", "unte:flip-y", NULL);
  g_autoptr(GPtrArray) models = g_ptr_array_new();
  g_autoptr(GError) error = NULL;

  g_ptr_array_add(models, (char *)"unet");
  g_ptr_array_add(models, (char *)"other");
  g_assert_false(ms_options_check_adjusted(options, models, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
  g_assert_cmpstr(error->message, ==,
                  "Model \"unte\" is to be adjusted, but the set has no model of that name; it has "
                  "unet, other");
  g_ptr_array_add(models, (char *)"unte");
  g_assert_true(ms_options_check_adjusted(options, models, NULL));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/adjustment/parse", test_parse);
  g_test_add_func("/adjustment/names", test_names);
  g_test_add_func("/adjustment/errors", test_errors);
  g_test_add_func("/adjustment/describe", test_describe);
  g_test_add_func("/adjustment/copy", test_copy);
  g_test_add_func("/adjustment/combine", test_combine);
  g_test_add_func("/adjustment/compose", test_compose);
  g_test_add_func("/adjustment/whose", test_whose);
  g_test_add_func("/adjustment/one-more", test_one_more);
  g_test_add_func("/adjustment/one-more-of-ids", test_one_more_of_ids);
  g_test_add_func("/adjustment/file-after-given", test_file_after_given);
  g_test_add_func("/adjustment/unknown", test_unknown);
  return g_test_run();
}
