/* SPDX-License-Identifier: MIT */
#include <locale.h>

#include "set/option-values.h"

/* Parses blank-separated words; *rest takes what is left. */
static MsOptions *
parse(const char *line, GStrv *rest, const GOptionEntry *extra, GError **error)
{
  g_autoptr(MsOptions) options = ms_options_new();
  GStrv words = *line ? g_strsplit(line, " ", -1) : g_new0(char *, 1);
  gboolean fine = ms_options_parse(options, &words, extra, error);
  if (rest)
    *rest = g_steal_pointer(&words);
  g_strfreev(words);
  return fine ? g_steal_pointer(&options) : NULL;
}

static const MsModelOption *
model_at(const MsOptions *options, guint index)
{
  return g_ptr_array_index(options->predicted, index);
}

static void
test_defaults(void)
{
  g_autoptr(MsOptions) options = parse("", NULL, NULL, NULL);
  g_assert_nonnull(options);
  g_assert_cmpuint(options->predicted->len, ==, 0);
  g_assert_cmpint(options->ignore_choice, ==, MS_CHOICE_AUTO);
  g_assert_cmpint(options->empty, ==, MS_EMPTY_ONE);
  g_assert_cmpfloat(options->threshold, ==, 0.5);
  g_assert_false(options->has_threshold);
  g_assert_false(options->has_advise);
  g_assert_cmpfloat(options->advice.gap, ==, 0.10);
  g_assert_cmpfloat(options->advice.training, ==, 0.5);
  g_assert_cmpfloat(options->advice.exact, ==, 0.05);
  g_assert_cmpfloat(options->advice.iou, ==, 0.7);
  g_assert_cmpuint(options->advice.examples, ==, 10);
  g_assert_false(options->advice.none || options->advice.explain);
}

static void
test_advise(void)
{
  g_autoptr(MsOptions) all =
      parse("--advise gap=0.2,training=.4,exact=0,iou=1,examples=2,explain", NULL, NULL, NULL);
  g_autoptr(MsOptions) none = parse("--advise none", NULL, NULL, NULL);
  g_autoptr(MsOptions) last = parse("--advise gap=0.2 --advise explain", NULL, NULL, NULL);

  g_assert_nonnull(all);
  g_assert_true(all->has_advise && all->advice.explain && !all->advice.none);
  g_assert_cmpfloat(all->advice.gap, ==, 0.2);
  g_assert_cmpfloat(all->advice.training, ==, 0.4);
  g_assert_cmpfloat(all->advice.exact, ==, 0);
  g_assert_cmpfloat(all->advice.iou, ==, 1);
  g_assert_cmpuint(all->advice.examples, ==, 2);
  g_assert_true(none->advice.none && !none->advice.explain);
  g_assert_cmpfloat(last->advice.gap, ==, 0.1);
  g_assert_true(last->advice.explain);
}

static void
test_values(void)
{
  g_auto(GStrv) rest = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(MsOptions) options =
      parse("set --actual=a/masks --predicted preds --predicted unet=p/u=1 --predicted x/y=z "
            "--ignore 255,0,7,0 --background none --threshold 0.25 --empty zero "
            "--size-mismatch nearest --jobs 4 --quiet --no-cache -- --odd",
            &rest, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(g_strv_length(rest), ==, 2);
  g_assert_cmpstr(rest[0], ==, "set");
  g_assert_cmpstr(rest[1], ==, "--odd");
  g_assert_cmpstr(options->actual, ==, "a/masks");
  g_assert_cmpuint(options->predicted->len, ==, 3);
  g_assert_null(model_at(options, 0)->name);
  g_assert_cmpstr(model_at(options, 1)->name, ==, "unet");
  g_assert_cmpstr(model_at(options, 1)->path, ==, "p/u=1");
  g_assert_null(model_at(options, 2)->name);
  g_assert_cmpstr(model_at(options, 2)->path, ==, "x/y=z");
  g_assert_cmpuint(options->ignore->len, ==, 3);
  g_assert_cmpuint(g_array_index(options->ignore, guint32, 0), ==, 0);
  g_assert_cmpuint(g_array_index(options->ignore, guint32, 1), ==, 7);
  g_assert_cmpuint(g_array_index(options->ignore, guint32, 2), ==, 255);
  g_assert_cmpint(options->background_choice, ==, MS_CHOICE_NONE);
  g_assert_cmpfloat(options->threshold, ==, 0.25);
  g_assert_cmpint(options->empty, ==, MS_EMPTY_ZERO);
  g_assert_true(options->resize_predicted);
  g_assert_cmpuint(options->jobs, ==, 4);
  g_assert_true(options->quiet && options->no_cache);
}

static void
test_errors(void)
{
  static const struct {
    const char *line;
    const char *message;
  } cases[] = {
      {"--foo", "Unknown option --foo"},
      {"--foo=3 set", "Unknown option --foo"},
      {"-x", "Unknown option -x"},
      {"--threshold 1.5", "--threshold takes a number from 0 to 1, not \"1.5\""},
      {"--threshold nan", "--threshold takes a number from 0 to 1, not \"nan\""},
      {"--threshold -0.1", "--threshold takes a number from 0 to 1, not \"-0.1\""},
      {"--threshold 0,5", "--threshold takes a number from 0 to 1, not \"0,5\""},
      {"--threshold", "--threshold needs a value: 0..1"},
      {"--actual=", "--actual needs a value: DIR"},
      {"--empty two", "--empty takes \"one\", \"zero\" or \"skip\", not \"two\""},
      {"--size-mismatch big", "--size-mismatch takes \"skip\" or \"nearest\", not \"big\""},
      {"--ignore 1,,2",
       "--ignore takes class ids or names separated by commas or \"none\", not \"1,,2\""},
      {"--ignore 4294967296",
       "--ignore takes class ids or names separated by commas or \"none\", not \"4294967296\""},
      {"--instances 1", "--instances takes \"none\", \"plain\" or a divisor from 2, not \"1\""},
      {"--map 1", "--map: \"1\" is not FROM=TO"},
      {"--map 5-3=1", "--map: \"5-3\" is neither an id nor a range of ids such as 11-20"},
      {"--map-actual 1=2,0-3=4", "--map-actual: id 1 is mapped twice"},
      {"--map 1=2 --map-predicted 1=3", "--map-predicted: id 1 is mapped twice"},
      {"--map-predicted 1=void", "--map-predicted: \"void\" is neither an id nor \"ignore\""},
      {"--map-predicted 1=ignore", "--map-predicted: \"ignore\" is for actual ids; a predicted "
                                   "pixel counts wherever the actual one does"},
      {"--adjust unet:flip", "--adjust: \"flip\" is none of invert, flip-x, flip-y, turn-90, "
                             "turn-180, turn-270, transpose, anti-transpose, shift:DX:DY and "
                             "FROM=TO"},
      {"--adjust a:flip-x --adjust a:invert",
       "--adjust: a is adjusted twice; name it once, with all that is to be done, separated by "
       "commas"},
      {"--adjust=", "--adjust needs a value: [NAME:]LIST"},
      {"--background x", "--background takes a class id or \"none\", not \"x\""},
      {"--positive 4294967296",
       "--positive takes a sample value or \"nonzero\", not \"4294967296\""},
      {"--advise gap=1.5", "--advise takes numbers from 0 to 1, not \"gap=1.5\""},
      {"--advise gap=0.1,iou=x", "--advise takes numbers from 0 to 1, not \"iou=x\""},
      {"--advise examples=1",
       "--advise takes a whole number of examples from 2, not \"examples=1\""},
      {"--advise examples=4294967296",
       "--advise takes a whole number of examples from 2, not \"examples=4294967296\""},
      {"--advise never", "--advise takes \"none\", or a list of gap, training, exact, iou and "
                         "examples with =VALUE and "
                         "\"explain\", not \"never\""},
      {"--advise none,explain", "--advise takes \"none\", or a list of gap, training, exact, iou "
                                "and examples with =VALUE and "
                                "\"explain\", not \"none\""},
      {"--advise explain,", "--advise takes \"none\", or a list of gap, training, exact, iou and "
                            "examples with =VALUE and "
                            "\"explain\", not \"explain,\""},
      {"--advise", "--advise needs a value: NAME=VALUE[,...]"},
      {"--jobs two", "--jobs takes a number from 0 to 1,024, not \"two\""},
      {"--predicted a=x --predicted a=y", "--predicted: the name \"a\" is given twice"},
      {"--predicted =x", "--predicted takes a folder, or NAME=FOLDER, not \"=x\""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(parse(cases[i].line, NULL, NULL, &error));
    g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==, cases[i].message);
  }
}

static void
test_exclusive(void)
{
  g_autoptr(GError) error = NULL;
  g_assert_null(parse("--positive 1 --threshold 0.5", NULL, NULL, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
  g_assert_nonnull(strstr(error->message, "--positive and --threshold"));
  g_clear_error(&error);
  g_assert_null(parse("--positive 1 --instances plain", NULL, NULL, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
}

static void
test_ids(void)
{
  g_autoptr(MsOptions) options =
      parse("--ignore -1,void,3 --instances 1000 --map 4=5 --map 6=ignore --map-actual 7-8=9 "
            "--map-predicted 7=1",
            NULL, NULL, NULL);

  g_assert_nonnull(options);
  g_assert_cmpuint(options->ignore->len, ==, 2);
  g_assert_cmpuint(g_array_index(options->ignore, guint32, 0), ==, 3);
  g_assert_cmpuint(g_array_index(options->ignore, guint32, 1), ==, G_MAXUINT32);
  g_assert_cmpuint(options->ignore_names->len, ==, 1);
  g_assert_cmpint(options->instances_choice, ==, MS_CHOICE_GIVEN);
  g_assert_cmpuint(options->instances_divisor, ==, 1000);
  g_assert_cmpuint(ms_id_map_get(options->ids_actual, 4), ==, 5);
  g_assert_cmpuint(ms_id_map_get(options->ids_predicted, 4), ==, 5);
  g_assert_cmpuint(ms_id_map_get(options->ids_actual, 6), ==, MS_ID_NONE);
  g_assert_cmpuint(ms_id_map_get(options->ids_actual, 8), ==, 9);
  g_assert_cmpuint(ms_id_map_get(options->ids_predicted, 8), ==, 8);
  g_assert_cmpuint(ms_id_map_get(options->ids_predicted, 7), ==, 1);
  g_autoptr(MsOptions) copy = ms_options_copy(options);
  g_assert_cmpuint(ms_id_map_get(copy->ids_predicted, 7), ==, 1);
  g_assert_true(ms_options_set_ignore(options, "--ignore", "2", NULL));
  g_assert_cmpuint(options->ignore_names->len, ==, 0);
  g_assert_cmpuint(options->ignore->len, ==, 1);
}

/* Names become ids when the table is there. */
static void
test_ignored_names(void)
{
  g_autoptr(MsClassTable) table = ms_class_table_by_name("camvid");
  g_autoptr(MsOptions) options = parse("--ignore sky,11,Car", NULL, NULL, NULL);
  g_autoptr(MsOptions) wrong = parse("--ignore boat", NULL, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false(ms_options_resolve_ignored(wrong, NULL, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
  g_assert_nonnull(strstr(error->message, "--classes"));
  g_clear_error(&error);
  g_assert_false(ms_options_resolve_ignored(wrong, table, &error));
  g_assert_nonnull(strstr(error->message, "\"boat\" is to be ignored, but is no class of camvid"));
  g_clear_error(&error);
  g_assert_true(ms_options_resolve_ignored(options, table, &error));
  g_assert_cmpuint(options->ignore_names->len, ==, 0);
  g_assert_cmpuint(options->ignore->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint(g_array_index(options->ignore, guint32, i), ==, ((guint[]){0, 8, 11})[i]);
}

static void
test_extra(void)
{
  g_autofree char *output = NULL;
  const GOptionEntry extra[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, NULL, NULL},
      {NULL},
  };
  g_auto(GStrv) rest = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(MsOptions) options = parse("one -o out.csv two --quiet", &rest, extra, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(output, ==, "out.csv");
  g_assert_cmpuint(g_strv_length(rest), ==, 2);
  g_clear_pointer(&options, ms_options_free);
  g_assert_null(parse("-o", NULL, extra, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
}

/* Names are bytes: a folder called in Latin-1 must be found in every locale. */
static void
test_file_names(void)
{
  g_autoptr(MsOptions) options = ms_options_new();
  GStrv words = g_new0(char *, 3);
  words[0] = g_strdup("--actual=caf\xe9");
  words[1] = g_strdup("--model=caf\xe9");
  g_autoptr(GError) error = NULL;
  g_assert_false(ms_options_parse(options, &words, NULL, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
  g_assert_true(g_utf8_validate(error->message, -1, NULL));
  g_clear_error(&error);
  g_clear_pointer(&words[1], g_free);
  g_assert_true(ms_options_parse(options, &words, NULL, &error));
  g_assert_cmpstr(options->actual, ==, "caf\xe9");
  g_strfreev(words);
}

static void
assert_round_trip(const MsOptions *options)
{
  g_auto(GStrv) arguments = ms_options_to_arguments(options);
  g_auto(GStrv) words = g_strdupv(arguments);
  g_autoptr(MsOptions) again = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(ms_options_parse(again, &words, NULL, &error));
  g_assert_no_error(error);
  g_assert_cmpuint(g_strv_length(words), ==, 0);
  g_auto(GStrv) third = ms_options_to_arguments(again);
  g_assert_cmpstrv(arguments, third);
  g_assert_cmpstr(options->images, ==, again->images);
  g_assert_cmpstr(options->split, ==, again->split);
  g_assert_cmpfloat(options->threshold, ==, again->threshold);
  g_assert_cmpint(options->positive_choice, ==, again->positive_choice);
  g_assert_cmpint(options->empty, ==, again->empty);
  g_assert_cmpint(options->has_advise, ==, again->has_advise);
  g_assert_cmpfloat(options->advice.gap, ==, again->advice.gap);
  g_assert_cmpuint(options->advice.examples, ==, again->advice.examples);
  g_assert_cmpint(options->advice.explain, ==, again->advice.explain);
  g_assert_cmpint(options->advice.none, ==, again->advice.none);
  g_assert_cmpuint(options->ignore->len, ==, again->ignore->len);
  g_assert_cmpuint(options->predicted->len, ==, again->predicted->len);
  for (guint i = 0; i < options->predicted->len; i++) {
    g_assert_cmpstr(model_at(options, i)->name, ==, model_at(again, i)->name);
    g_assert_cmpstr(model_at(options, i)->path, ==, model_at(again, i)->path);
  }
}

static void
test_round_trip(void)
{
  static const char *const lines[] = {
      "",
      "--images=i --actual=a --predicted=p --predicted=n=q --predicted=./lr=0.1 --quiet --no-cache",
      "--manifest=m.csv --splits=s.csv --classes=c.txt --background=3 --ignore=none --split=-val",
      "--ignore=1,2 --positive=nonzero --empty=skip --size-mismatch=skip --model=unet --jobs=7",
      "--threshold=0.30000000000000004 --positive=nonzero",
      "--threshold=0.30000000000000004 --empty=one",
      "--background=none --positive=0",
      "--ignore=0,7,4294967295,void,Sky --instances=none",
      "--instances=plain --map-actual=-1=ignore,11-20=3 --map-predicted=0=255,1=0",
      "--instances=1000 --classes=cityscapes",
      "--adjust=flip-x --adjust=a:b,c=1:1=0,2=1,invert,turn-90,shift:-3:4 --adjust=u:none",
      "--advise=none",
      "--advise=gap=0.30000000000000004,examples=77,explain",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
    g_autoptr(MsOptions) options = parse(lines[i], NULL, NULL, NULL);
    if (i == 4) {
      g_assert_null(options);
      continue;
    }
    g_assert_nonnull(options);
    assert_round_trip(options);
    g_autoptr(MsOptions) copy = ms_options_copy(options);
    assert_round_trip(copy);
  }
}

static void
test_comma_locale(void)
{
  g_autofree char *before = g_strdup(setlocale(LC_ALL, NULL));
  if (!setlocale(LC_ALL, "de_DE.UTF-8")) {
    g_test_skip("the locale de_DE.UTF-8 is not installed");
    return;
  }
  g_autoptr(GError) error = NULL;
  g_autoptr(MsOptions) options = parse("--threshold 0.25 --advise gap=0.125", NULL, NULL, NULL);
  g_autoptr(MsOptions) wrong = parse("--foo", NULL, NULL, &error);
  g_auto(GStrv) arguments = ms_options_to_arguments(options);
  setlocale(LC_ALL, before);
  g_assert_cmpfloat(options->threshold, ==, 0.25);
  g_assert_cmpstr(arguments[0], ==, "--threshold=0.25");
  g_assert_cmpfloat(options->advice.gap, ==, 0.125);
  g_assert_true(g_str_has_prefix(arguments[1], "--advise=gap=0.125,training=0.5,"));
  g_assert_null(wrong);
  g_assert_cmpstr(error->message, ==, "Unknown option --foo");
}

static void
test_help(void)
{
  g_autofree char *help = ms_options_help();
  g_auto(GStrv) lines = g_strsplit(help, "\n", -1);
  g_assert_nonnull(strstr(help, "--predicted [NAME=]DIR"));
  g_assert_nonnull(strstr(help, "--size-mismatch skip|nearest"));
  for (guint i = 0; lines[i]; i++)
    g_assert_cmpuint(strlen(lines[i]), <=, 100);
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/options/defaults", test_defaults);
  g_test_add_func("/options/values", test_values);
  g_test_add_func("/options/advise", test_advise);
  g_test_add_func("/options/errors", test_errors);
  g_test_add_func("/options/exclusive", test_exclusive);
  g_test_add_func("/options/ids", test_ids);
  g_test_add_func("/options/ignored-names", test_ignored_names);
  g_test_add_func("/options/extra", test_extra);
  g_test_add_func("/options/file-names", test_file_names);
  g_test_add_func("/options/round-trip", test_round_trip);
  g_test_add_func("/options/comma-locale", test_comma_locale);
  g_test_add_func("/options/help", test_help);
  return g_test_run();
}
