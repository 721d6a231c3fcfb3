/* SPDX-License-Identifier: MIT
 *
 * `maskscope check` end to end: every kind of fault is found in the set that was made for it, with
 * the scores that `evaluate` gives before and after its remedy, and nothing is found in the set's
 * healthy twin. Then exit status, formats, options and what goes where.
 */
#include <math.h>

#include <json-glib/json-glib.h>

#include "program.h"
#include "support/check-masks.h"
#include "support/check-sets.h"

typedef struct {
  Run run;
  JsonParser *parser;
} Report;

static void
report_clear(Report *report)
{
  run_clear(&report->run);
  g_clear_object(&report->parser);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Report, report_clear)

/* `words` behind the program's name, without a store. */
static Report
run_json(const TestFolder *folder, const char *words)
{
  g_autofree char *line = g_strconcat(words, " --no-cache --format json", NULL);
  Report report = {.run = run_program(folder, line), .parser = json_parser_new()};
  g_autoptr(GError) error = NULL;

  if (report.run.status != 0 && report.run.status != 3)
    g_error("'%s' ended with %d; it said: %s", line, report.run.status, report.run.err);
  json_parser_load_from_data(report.parser, report.run.out, -1, &error);
  g_assert_no_error(error);
  return report;
}

static JsonObject *
report_root(const Report *report)
{
  return json_node_get_object(json_parser_get_root(report->parser));
}

static JsonArray *
report_findings(const Report *report)
{
  return json_object_get_array_member(report_root(report), "findings");
}

/* The kinds that were found, and their titles: for who reads why a test failed. */
static char *
list_findings(const Report *report)
{
  JsonArray *findings = report_findings(report);
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < json_array_get_length(findings); i++) {
    JsonObject *finding = json_array_get_object_element(findings, i);

    g_string_append_printf(text, "  %s: %s\n", json_object_get_string_member(finding, "kind"),
                           json_object_get_string_member(finding, "title"));
  }
  return g_string_free(text, FALSE);
}

static char *
arguments_of(const char *command, const TestCheckSet *set, const char *more)
{
  return g_strconcat(command, set->arguments ? " " : "", set->arguments ? set->arguments : "",
                     more ? " " : "", more ? more : "", NULL);
}

/* ---- a set and its twin ---- */

static JsonObject *
find_kind(const Report *report, MsCheckKind kind)
{
  JsonArray *findings = report_findings(report);

  for (guint i = 0; i < json_array_get_length(findings); i++) {
    JsonObject *finding = json_array_get_object_element(findings, i);

    if (g_str_equal(json_object_get_string_member(finding, "kind"), ms_check_kind_id(kind)))
      return finding;
  }
  return NULL;
}

static void
assert_nothing_else(const Report *report, const TestCheckSet *set)
{
  guint32 allowed = set->beside | TEST_CHECK_BIT(set->kind);

  for (guint kind = 0; kind < MS_N_CHECKS; kind++) {
    if (!(allowed & TEST_CHECK_BIT(kind)) && find_kind(report, (MsCheckKind)kind)) {
      g_autofree char *found = list_findings(report);

      g_error("%s: also %s:\n%s", set->name, ms_check_kind_id((MsCheckKind)kind), found);
    }
  }
}

/* What `evaluate` scores, with these words behind it; NaN where there is no score. */
static double
evaluate(const TestFolder *folder, const TestCheckSet *set, const char *words)
{
  g_autofree char *line = arguments_of("evaluate", set, words);
  g_auto(Report) report = run_json(folder, line);
  JsonArray *models = json_object_get_array_member(report_root(&report), "models");
  JsonObject *whole =
      json_object_get_object_member(json_array_get_object_element(models, 0), "set");
  JsonObject *iou = json_object_get_object_member(whole, "iou");

  return json_object_get_null_member(iou, "mean") ? (double)NAN
                                                  : json_object_get_double_member(iou, "mean");
}

static void
assert_score(JsonObject *score, const char *member, double expected)
{
  if (isnan(expected))
    g_assert_true(json_object_get_null_member(score, member));
  else
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(score, member), expected, 1e-9);
}

/* The finding's line, in a file that says nothing else but where the set is. */
static void
write_maskset(const TestFolder *folder, const char *line)
{
  static const char labels[] = "[Set]\nActual=actual.csv\n[Models]\nunet=pred_unet.csv\n\n";
  g_autofree char *table = test_path(folder, "actual.csv");
  gboolean has_table = g_file_test(table, G_FILE_TEST_EXISTS);
  g_autofree char *text = g_strconcat(has_table ? labels : "[Set]\nFolder=.\n\n", line, "\n", NULL);

  g_free(test_file(folder, "mended.maskset", text, strlen(text)));
}

/* Before is what the set scores; after, what it scores with the option, and with the line. */
static void
assert_mends(const TestFolder *folder, const TestCheckSet *set, JsonObject *finding)
{
  JsonObject *score = json_object_get_object_member(finding, "score");
  const char *option = json_object_get_string_member(finding, "option");
  g_autofree char *mended = g_strconcat(". ", option, NULL);
  double after = evaluate(folder, set, mended);

  g_assert_nonnull(score);
  assert_score(score, "before", evaluate(folder, set, "."));
  assert_score(score, "after", after);
  write_maskset(folder, json_object_get_string_member(finding, "line"));
  g_assert_cmpfloat_with_epsilon(evaluate(folder, set, "mended.maskset"), after, 1e-9);
}

/* No finding offers what `evaluate` does not take, or what does not do what it promises; an empty
 * pair of two sizes is in no promise. A pattern of names goes in the place of the set:
 * test_names(). */
static void
assert_all_mend(const TestFolder *folder, const TestCheckSet *set, const Report *report)
{
  JsonArray *findings = report_findings(report);

  for (guint i = 0; i < json_array_get_length(findings); i++) {
    JsonObject *finding = json_array_get_object_element(findings, i);
    const char *kind = json_object_get_string_member(finding, "kind");

    if (!json_object_get_null_member(finding, "option") &&
        !g_str_equal(kind, ms_check_kind_id(MS_CHECK_UNPAIRED)) &&
        !g_str_equal(set->name, "turned/transposed-empty"))
      assert_mends(folder, set, finding);
  }
}

static void
test_found(gconstpointer data)
{
  const TestCheckSet *set = data;
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *line = arguments_of("check .", set, NULL);
  int status = set->is_note ? 0 : 3;
  g_auto(Report) report = {0};
  JsonObject *finding;

  set->write(&folder, TRUE);
  report = run_json(&folder, line);
  finding = find_kind(&report, set->kind);
  if (!finding)
    g_error("%s is not found, but:\n%s", set->name, report.run.out);
  assert_nothing_else(&report, set);
  g_assert_cmpint(report.run.status, ==, status);
  g_assert_cmpstr(json_object_get_string_member(finding, "level"), ==,
                  set->is_note ? "note" : "finding");
  g_assert_cmpint(json_object_get_int_member(finding, "examples"), ==, set->n_examples);
  if (set->option) {
    const char *option = json_object_get_string_member(finding, "option");

    g_assert_true(g_str_has_prefix(option, set->option));
  }
  assert_all_mend(&folder, set, &report);
}

static void
test_twin(gconstpointer data)
{
  const TestCheckSet *set = data;
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *line = arguments_of("check .", set, NULL);
  g_auto(Report) report = {0};
  g_autofree char *found = NULL;

  set->write(&folder, FALSE);
  report = run_json(&folder, line);
  found = list_findings(&report);
  g_assert_cmpstr(found, ==, "");
  g_assert_cmpint(report.run.status, ==, 0);
}

static void
add_sets(void)
{
  guint n_sets;
  const TestCheckSet *sets = test_check_sets(&n_sets);

  for (guint i = 0; i < n_sets; i++) {
    g_autofree char *found = g_strconcat("/check/found/", sets[i].name, NULL);
    g_autofree char *twin = g_strconcat("/check/twin/", sets[i].name, NULL);

    g_test_add_data_func(found, &sets[i], test_found);
    g_test_add_data_func(twin, &sets[i], test_twin);
  }
}

/* No kind is left without a set. */
static void
test_every_kind(void)
{
  guint n_sets;
  const TestCheckSet *sets = test_check_sets(&n_sets);
  guint32 kinds = 0;

  for (guint i = 0; i < n_sets; i++)
    kinds |= TEST_CHECK_BIT(sets[i].kind);
  g_assert_cmphex(kinds, ==, TEST_CHECK_BIT(MS_N_CHECKS) - 1);
}

/* ---- the command ---- */

static void
write_set(const TestFolder *folder, const char *name, gboolean faulty)
{
  test_check_set(name)->write(folder, faulty);
}

static void
test_text(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_set(&folder, "unreadable", TRUE);
  run = run_program(&folder, "check .");
  g_assert_cmpint(run.status, ==, 3);
  g_assert_cmpstr(run.err, ==, "");
  g_assert_true(g_str_has_prefix(run.out, ".: 12 examples (actual, predictions)\n  actual  "));
  assert_contains(run.out, "\n1 finding; every example was looked at; mean IoU 0.");
  assert_contains(run.out, "\n    for example 07\n");
}

static void
test_clean(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_set(&folder, "unreadable", FALSE);
  run = run_program(&folder, "check .");
  g_assert_cmpint(run.status, ==, 0);
  assert_contains(run.out, "\nNothing was found that speaks against this set; every example was "
                           "looked at; mean IoU 0.");
  assert_contains(run.out, " over 12 pairs\n");
}

/* What a finding says is not said once more as a notice. */
static void
test_said_once(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_set(&folder, "unpaired/predicted", TRUE);
  run = run_program(&folder, "check .");
  assert_contains(run.out, "1 example has an actual mask, but no predicted one");
  g_assert_null(strstr(run.out, "Notices"));
  run_clear(&run);
  run = run_program(&folder, "check . --adjust invert");
  assert_contains(run.out, "; adjusted: inverted\n");
  g_assert_null(strstr(run.out, "; predicted mask inverted"));
}

typedef struct {
  const char *set;
  const char *title; /* begins so */
  int n_unscored;    /* pairs that only the remedy scores; -1: no score is told */
} Turned;

/* The side that follows EXIF's turn is named, and pairs that this leaves without a score count. */
static void
test_turned_by_exif(void)
{
  static const Turned cases[] = {
      {"exif", "Images are turned by EXIF, their masks are not", -1},
      {"exif/half", "Images are turned by EXIF; whether", -1},
      {"exif/square", "Images are turned by EXIF; whether", -1},
      {"exif/predicted", "Predicted masks are turned as EXIF turns the images", 4},
      {"exif/actual", "Actual masks are turned as EXIF turns the images", 4},
      {"exif/half-predicted", "EXIF's turn of the images is in only one", 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_auto(Report) report = {0};
    JsonObject *finding, *score;

    write_set(&folder, cases[i].set, TRUE);
    report = run_json(&folder, "check .");
    g_assert_cmpuint(json_array_get_length(report_findings(&report)), ==, 1);
    finding = json_array_get_object_element(report_findings(&report), 0);
    g_assert_true(
        g_str_has_prefix(json_object_get_string_member(finding, "title"), cases[i].title));
    g_assert_cmpint(json_object_get_null_member(finding, "score"), ==, cases[i].n_unscored < 0);
    if (cases[i].n_unscored < 0)
      continue;
    score = json_object_get_object_member(finding, "score");
    g_assert_cmpint(json_object_get_int_member(score, "examples"), ==, 12);
    g_assert_cmpint(json_object_get_int_member(score, "unscored"), ==, cases[i].n_unscored);
    g_assert_cmpfloat(json_object_get_double_member(score, "after"), >, 0.7);
  }
}

/* Each file that cannot be read is named, with its own reason. */
static void
test_unreadable(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_set(&folder, "unreadable", TRUE);
  for (guint i = 1; i < 4; i++) {
    g_autofree char *name = g_strdup_printf("predictions/0%u.png", i);

    g_free(test_file(&folder, name, "", 0));
  }
  run = run_program(&folder, "check .");
  assert_contains(run.out, "4 predicted masks cannot be read (certain, 4 of 12 examples)");
  assert_contains(run.out, "/01.png: ");
  assert_contains(run.out, "/03.png: ");
  assert_contains(run.out, "and 1 more.");
}

static void
test_output(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};
  g_autofree char *path = test_path(&folder, "found.json");
  g_autofree char *json = NULL;

  write_set(&folder, "unreadable", TRUE);
  run = run_program(&folder, "check . -o found.json");
  g_assert_cmpint(run.status, ==, 3);
  g_assert_cmpstr(run.out, ==, "");
  g_assert_true(g_file_get_contents(path, &json, NULL, NULL));
  run_clear(&run);
  run = run_program(&folder, "check . --format json --jobs 1");
  g_assert_cmpstr(run.out, ==, json);
}

static void
test_sample(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_set(&folder, "unreadable", FALSE);
  run = run_program(&folder, "check . --examples 5");
  assert_contains(run.out, "; 5 of 12 examples were looked at; mean IoU 0.");
  run_clear(&run);
  run = run_program(&folder, "check . --examples all");
  assert_contains(run.out, "; every example was looked at; mean IoU 0.");
}

/* Files are compared however few or many examples are read, and for as long as it takes. */
static void
test_leak(void)
{
  static const char *const lines[] = {"check .", "check . --examples 1", "check . --examples all"};
  static const char *const sets[] = {"leak", "leak/black"};

  for (guint i = 0; i < G_N_ELEMENTS(sets) * G_N_ELEMENTS(lines); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_auto(Report) report = {0};
    JsonObject *finding, *sample;

    write_set(&folder, sets[i % 2], TRUE);
    report = run_json(&folder, lines[i / 2]);
    finding = find_kind(&report, MS_CHECK_LEAK);
    g_assert_nonnull(finding);
    g_assert_true(g_str_has_prefix(json_object_get_string_member(finding, "title"), "2 images"));
    sample = json_object_get_object_member(report_root(&report), "sample");
    g_assert_cmpint(json_object_get_int_member(sample, "files"), ==, 24);
    g_assert_cmpint(json_object_get_int_member(sample, "compared"), ==, 24);
  }
}

static char *
option_of(JsonObject *finding)
{
  g_auto(GStrv) parts = g_strsplit(json_object_get_string_member(finding, "option"), "'", -1);

  return g_strjoinv("", parts);
}

static void
assert_pairs(const TestFolder *folder, const char *words, const char *expected)
{
  const TestCheckSet any = {.arguments = NULL};
  g_autofree char *line = g_strconcat("check ", words, NULL);
  g_autofree char *path = test_path(folder, "mended.maskset");
  g_auto(Report) report = run_json(folder, line);
  JsonObject *finding = find_kind(&report, MS_CHECK_UNPAIRED);
  g_autofree char *arguments = NULL;

  if (json_object_get_null_member(finding, "option"))
    g_error("nothing is offered: %s", json_object_get_string_member(finding, "remedy"));
  arguments = option_of(finding);
  g_assert_cmpstr(arguments, ==, expected);
  g_assert_true(isnan(evaluate(folder, &any, words)));
  g_assert_cmpfloat(evaluate(folder, &any, arguments), >, 0.5);
  g_assert_true(
      g_file_set_contents(path, json_object_get_string_member(finding, "line"), -1, NULL));
  g_assert_cmpfloat(evaluate(folder, &any, "mended.maskset"), ==,
                    evaluate(folder, &any, arguments));
}

/* A pattern that pairs masks of other names goes in the place of the set. */
static void
test_names(void)
{
  static const struct {
    const char *set;
    const char *words;
    const char *option;
  } cases[] = {
      {"unpaired/affixes", ".",
       "--actual ./actual --predicted predictions=./predictions/run3-{id}_best.png"},
      {"unpaired/affixes", "--actual actual --predicted net=predictions",
       "--actual actual --predicted net=predictions/run3-{id}_best.png"},
      {"unpaired/numbered", ".",
       "--actual ./actual --predicted predictions=./predictions/unet_v2_{id}.png"},
      {"unpaired/two-affixes", ".",
       "--actual ./actual --predicted pred_ash=./pred_ash/{id}_vit.png "
       "--predicted pred_oak=./pred_oak/{id}_unet.png"},
      {"unpaired/two-affixes", ". --model pred_oak",
       "--actual ./actual --predicted pred_oak=./pred_oak/{id}_unet.png"},
      {"unpaired/two-affixes",
       "--actual actual --predicted pred_oak --predicted pred_ash --model pred_ash",
       "--actual actual --predicted pred_ash=pred_ash/{id}_vit.png"},
  };

  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();

    write_set(&folder, cases[i].set, TRUE);
    assert_pairs(&folder, cases[i].words, cases[i].option);
  }
}

/* What a key file escapes may stand in the names of folders. */
static void
test_odd_folders(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *actual = test_path(&folder, "actual");
  g_autofree char *predicted = test_path(&folder, "predictions");
  g_autofree char *odd_actual = test_path(&folder, "act\\new");
  g_autofree char *odd_predicted = test_path(&folder, "pred\\sum");

  write_set(&folder, "unpaired/affixes", TRUE);
  g_assert_cmpint(g_rename(actual, odd_actual), ==, 0);
  g_assert_cmpint(g_rename(predicted, odd_predicted), ==, 0);
  assert_pairs(&folder, "--actual act\\new --predicted net=pred\\sum",
               "--actual act\\new --predicted net=pred\\sum/run3-{id}_best.png");
}

/* Folders one by one would take images for masks: nothing but names are told. */
static void
test_mixed_folder(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_set(&folder, "unpaired/affixes", TRUE);
  for (guint i = 0; i < TEST_CHECK_EXAMPLES; i++) {
    g_autofree char *name = g_strdup_printf("actual/%02u.png", i);
    g_autofree char *image = g_strdup_printf("%02u.jpg", i);
    g_autofree char *mask = g_strdup_printf("%02u_mask.png", i);
    g_autofree char *from = test_path(&folder, name), *to = test_path(&folder, mask);

    g_assert_cmpint(g_rename(from, to), ==, 0);
    g_free(test_file(&folder, image, "", 0));
  }
  run = run_program(&folder, "check .");
  assert_contains(run.out, "(told apart by suffixes: ");
  assert_contains(run.out, "By their numbers 12 predicted masks seem");
  g_assert_null(strstr(run.out, "{id}"));
}

/* Neither rows of a table nor records have names that a pattern could say. */
static void
test_nameless(void)
{
  static const char records[] =
      "[{\"image_id\":3,\"category_id\":255,\"score\":1,\"segmentation\":{\"size\":[40,48],"
      "\"counts\":[0,960,960]}}]";
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_set(&folder, "labels/unpaired", TRUE);
  run = run_program(&folder, "check .");
  assert_contains(run.out, "1 example has an actual label set, but no predicted one");
  assert_contains(run.out, "an empty cell or NA means");
  g_assert_null(strstr(run.out, "{id}"));
  run_clear(&run);
  write_set(&folder, "unpaired/predicted", TRUE);
  g_free(test_file(&folder, "results.json", records, strlen(records)));
  run = run_program(&folder, "check --actual actual --predicted results.json");
  assert_contains(run.out, "examples have an actual mask, but no predicted one");
  assert_contains(run.out, "    Records belong to the image whose image_id");
  g_assert_null(strstr(run.out, "{id}"));
}

/* Numbers that are written otherwise cannot be told by a pattern. */
static void
test_numbers(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = {0};

  write_set(&folder, "unpaired/unpadded", TRUE);
  run = run_program(&folder, "check .");
  assert_contains(run.out,
                  "    By their numbers 12 predicted masks seem to be of these examples, as "
                  "out0.png of 00.png");
  assert_contains(run.out, "    They seem to be of the examples that lack a predicted mask: see "
                           "there.\n");
}

static void
test_usage(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_set(&folder, "unreadable", FALSE);
  assert_ends(&folder, "check", 2, "which SET?");
  assert_ends(&folder, "check . other", 2, "'other' is one too many");
  assert_ends(&folder, "check . --format csv", 2, "json or text, not csv");
  assert_ends(&folder, "check . --format html", 2, "--format takes json or text, not 'html'");
  assert_ends(&folder, "check . -o a.csv", 2, "json or text, not csv");
  assert_ends(&folder, "check . --examples 0", 2, "--examples takes a whole number from 1, or all");
  assert_ends(&folder, "check . --examples some", 2, "not 'some'");
  assert_ends(&folder, "check nowhere", 1, "nowhere");
  assert_ends(&folder, "check . -o none/report.json", 1, "none/report.json");
}

static void
test_help(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(Run) run = run_program(&folder, "check --help");

  g_assert_cmpint(run.status, ==, 0);
  g_assert_true(g_str_has_prefix(run.out, "Usage: maskscope check SET"));
  assert_contains(run.out, "\n  0  nothing was found, or notes alone");
  assert_contains(run.out, "\n  A signal (Ctrl+C: 130");
  g_assert_null(strstr(run.out, "--fail-under"));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  add_sets();
  g_test_add_func("/check/every-kind", test_every_kind);
  g_test_add_func("/check/text", test_text);
  g_test_add_func("/check/clean", test_clean);
  g_test_add_func("/check/said-once", test_said_once);
  g_test_add_func("/check/turned-by-exif", test_turned_by_exif);
  g_test_add_func("/check/unreadable", test_unreadable);
  g_test_add_func("/check/output", test_output);
  g_test_add_func("/check/sample", test_sample);
  g_test_add_func("/check/leak", test_leak);
  g_test_add_func("/check/names", test_names);
  g_test_add_func("/check/odd-folders", test_odd_folders);
  g_test_add_func("/check/mixed-folder", test_mixed_folder);
  g_test_add_func("/check/nameless", test_nameless);
  g_test_add_func("/check/numbers", test_numbers);
  g_test_add_func("/check/usage", test_usage);
  g_test_add_func("/check/help", test_help);
  return g_test_run();
}
