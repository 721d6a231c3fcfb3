/* SPDX-License-Identifier: MIT
 *
 * The JSON report is read back with json-glib and held to the schema that is part of the tree.
 */
#include <math.h>

#include "report/json-writer.h"
#include "report/schema.h"
#include "report/sets.h"
#include "report/table.h"
#include "set/option-values.h"

/* What the schema has against a document; "" for nothing. */
static char *
check_document(JsonNode *document)
{
  return schema_problems(document, "maskscope-report.schema.json");
}

static void
assert_fits_schema(JsonNode *document)
{
  g_autofree char *problems = check_document(document);

  g_assert_cmpstr(problems, ==, "");
}

/* ---- tests ---- */

static JsonNode *
report_set(MsSet *set)
{
  g_autoptr(MsEvaluation) evaluation = test_evaluate(set, 2);
  g_autoptr(GPtrArray) boards = test_boards(evaluation);
  g_autofree char *text = test_report_table(evaluation, boards, MS_FORMAT_JSON);

  return parse(text);
}

static JsonNode *
report_folder(const TestFolder *folder)
{
  g_autoptr(MsSet) set = test_open_set(folder);

  return report_set(set);
}

static JsonObject *
get_model(JsonNode *report, guint index)
{
  JsonArray *models = json_object_get_array_member(json_node_get_object(report), "models");

  return json_array_get_object_element(models, index);
}

static void
assert_counts(JsonObject *owner, gint64 tp, gint64 fp, gint64 fn)
{
  JsonObject *counts = json_object_get_object_member(owner, "counts");

  g_assert_cmpint(json_object_get_int_member(counts, "tp"), ==, tp);
  g_assert_cmpint(json_object_get_int_member(counts, "fp"), ==, fp);
  g_assert_cmpint(json_object_get_int_member(counts, "fn"), ==, fn);
}

static void
test_binary(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) report = NULL;
  JsonObject *steady, *part, *iou;

  test_write_tiny_set(&folder);
  report = report_folder(&folder);
  assert_fits_schema(report);
  steady = get_model(report, 0);
  part = json_object_get_object_member(steady, "set");
  iou = json_object_get_object_member(part, "iou");
  g_assert_cmpstr(json_object_get_string_member(steady, "name"), ==, "steady");
  g_assert_cmpint(json_object_get_int_member(part, "examples"), ==, 4);
  g_assert_cmpint(json_object_get_int_member(part, "scored"), ==, 3);
  g_assert_cmpfloat(json_object_get_double_member(iou, "mean"), ==, 0.75);
  g_assert_cmpfloat(json_object_get_double_member(iou, "pooled"), ==, 4.0 / 6.0);
  g_assert_cmpfloat(json_object_get_double_member(part, "exact_match_ratio"), ==, 1.0 / 3.0);
  assert_counts(part, 4, 1, 1);
  part = json_object_get_object_member(json_object_get_object_member(steady, "splits"), "val");
  g_assert_cmpint(json_object_get_int_member(part, "examples"), ==, 2);
  g_assert_cmpint(json_object_get_int_member(part, "scored"), ==, 1);
}

static void
test_skipped(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) report = NULL;
  JsonObject *part, *entry;

  test_write_tiny_set(&folder);
  report = report_folder(&folder);
  part = json_object_get_object_member(get_model(report, 1), "set");
  entry = json_array_get_object_element(json_object_get_array_member(part, "skipped"), 1);
  g_assert_cmpstr(json_object_get_string_member(entry, "example"), ==, "val/size");
  g_assert_cmpstr(json_object_get_string_member(entry, "status"), ==, "skipped");
  entry = json_array_get_object_element(
      json_object_get_array_member(get_model(report, 1), "per_example"), 3);
  g_assert_cmpstr(json_object_get_string_member(entry, "example"), ==, "val/size");
  g_assert_true(json_object_get_null_member(entry, "iou"));
  g_assert_true(json_object_get_null_member(entry, "counts"));
  g_assert_true(json_object_get_null_member(entry, "exact_match"));
}

static void
test_by_rule(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) report = NULL;
  JsonObject *entry;

  test_write_tiny_set(&folder);
  report = report_folder(&folder);
  entry = json_array_get_object_element(
      json_object_get_array_member(get_model(report, 0), "per_example"), 1);
  g_assert_cmpstr(json_object_get_string_member(entry, "example"), ==, "train/empty");
  g_assert_cmpint(json_object_get_int_member(entry, "iou"), ==, 1);
  g_assert_cmpint(json_array_get_length(json_object_get_array_member(entry, "by_rule")), ==, 4);
}

static void
test_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) report = NULL;
  JsonObject *part, *entry;
  JsonArray *classes;

  test_write_class_set(&folder);
  report = report_folder(&folder);
  assert_fits_schema(report);
  part = json_object_get_object_member(get_model(report, 0), "set");
  classes = json_object_get_array_member(part, "classes");
  g_assert_cmpint(json_array_get_length(classes), ==, 3);
  entry = json_array_get_object_element(classes, 1);
  g_assert_cmpstr(json_object_get_string_member(entry, "name"), ==, "cat");
  g_assert_cmpfloat(json_object_get_double_member(entry, "iou"), ==, 0.6);
  assert_counts(part, 8, 1, 2);
  g_assert_true(json_object_get_null_member(json_object_get_object_member(part, "counts"), "tn"));
  entry = json_array_get_object_element(
      json_object_get_array_member(get_model(report, 0), "per_example"), 0);
  g_assert_cmpint(json_array_get_length(json_object_get_array_member(entry, "classes")), ==, 3);
}

static void
assert_interval(JsonObject *part, const char *key, double low, double high)
{
  JsonArray *interval =
      json_object_get_array_member(json_object_get_object_member(part, "intervals"), key);

  g_assert_cmpfloat(json_array_get_double_element(interval, 0), ==, low);
  g_assert_cmpfloat(json_array_get_double_element(interval, 1), ==, high);
}

/* Two or three examples are drawn as their best or worst alone often enough. */
static void
test_intervals(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) report = NULL;
  JsonObject *steady, *part, *intervals;

  test_write_tiny_set(&folder);
  report = report_folder(&folder);
  steady = get_model(report, 0);
  part = json_object_get_object_member(steady, "set");
  intervals = json_object_get_object_member(part, "intervals");
  assert_interval(part, "iou.mean", 0.5, 1);
  assert_interval(part, "exact", 0, 1);
  g_assert_cmpfloat(json_object_get_double_member(intervals, "level"), ==, 0.95);
  g_assert_cmpstr(json_object_get_string_member(intervals, "method"), ==, "bootstrap");
  g_assert_cmpstr(json_object_get_string_member(intervals, "over"), ==, "examples");
  g_assert_cmpint(json_object_get_int_member(intervals, "units"), ==, 3);
  g_assert_false(json_object_has_member(intervals, "hamming"));
  g_assert_false(json_object_has_member(part, "hamming_accuracy"));
  part = json_object_get_object_member(json_object_get_object_member(steady, "splits"), "val");
  intervals = json_object_get_object_member(part, "intervals");
  g_assert_true(json_object_get_null_member(intervals, "method"));
  g_assert_true(json_object_get_null_member(intervals, "iou.mean"));
}

static JsonNode *
report_path(const char *path, const char *advise, const char *ignore)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;

  options->set = g_strdup(path);
  if (advise)
    g_assert_true(ms_options_set_advise(options, "--advise", advise, &error));
  if (ignore)
    g_assert_true(ms_options_set_ignore(options, "--ignore", ignore, &error));
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return report_set(set);
}

static JsonNode *
report_sample(const char *name, const char *advise)
{
  g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "data", name, NULL);

  return report_path(path, advise, NULL);
}

static void
assert_ignored(JsonNode *report, const char *expected)
{
  JsonObject *options = json_object_get_object_member(json_node_get_object(report), "options");
  JsonObject *model =
      json_array_get_object_element(json_object_get_array_member(options, "predicted"), 0);
  JsonObject *rules = json_object_get_object_member(model, "rules");
  g_autofree char *text = json_to_string(json_object_get_member(rules, "ignored"), FALSE);

  assert_fits_schema(report);
  g_assert_cmpstr(text, ==, expected);
}

static void
assert_option(JsonNode *report, const char *key, const char *expected)
{
  JsonObject *options = json_object_get_object_member(json_node_get_object(report), "options");
  g_autofree char *text = json_to_string(json_object_get_member(options, key), FALSE);

  g_assert_cmpstr(text, ==, expected);
}

static JsonNode *
report_with(const char *path, const char *words)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_auto(GStrv) arguments = g_strsplit(words, " ", -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;
  JsonNode *report;

  g_assert_true(ms_options_parse(options, &arguments, NULL, &error));
  options->set = g_strdup(path);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  report = report_set(set);
  assert_fits_schema(report);
  return report;
}

/* What an option can change is there, changed or not. */
static void
test_options(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) plain = NULL, changed = NULL, divided = NULL;

  test_write_class_set(&folder);
  plain = report_with(folder.path, "--quiet");
  changed = report_with(folder.path, "--slice-axis x --instances none --map-actual 2=1,7-9=ignore");
  divided = report_with(folder.path, "--instances 1000");
  assert_option(plain, "slice_axis", "\"z\"");
  assert_option(plain, "instances", "null");
  assert_option(plain, "maps", "{\"actual\":[],\"predicted\":[]}");
  assert_option(changed, "slice_axis", "\"x\"");
  assert_option(changed, "instances", "\"none\"");
  assert_option(changed, "maps", "{\"actual\":[\"2=1\",\"7-9=ignore\"],\"predicted\":[]}");
  assert_option(divided, "instances", "1000");
}

static void
assert_adjustment(JsonNode *report, const char *expected)
{
  JsonObject *options = json_object_get_object_member(json_node_get_object(report), "options");
  JsonArray *predicted = json_object_get_array_member(options, "predicted");
  JsonObject *reading =
      json_object_get_object_member(json_array_get_object_element(predicted, 0), "reading");

  g_assert_cmpstr(json_object_get_string_member_with_default(reading, "adjustment", NULL), ==,
                  expected);
}

static void
test_adjusted(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) plain = NULL, adjusted = NULL;

  test_write_class_set(&folder);
  plain = report_with(folder.path, "--quiet");
  adjusted = report_with(folder.path, "--adjust shift:1:-2,2=1,flip-x");
  assert_adjustment(plain, NULL);
  assert_adjustment(adjusted, "2=1,flip-x,shift:1:-2");
}

/* Of labels, classes and binary masks. */
static void
test_ignored(void)
{
  g_auto(TestFolder) classes = test_folder_new();
  g_auto(TestFolder) binary = test_folder_new();
  g_autofree char *songs = g_test_build_filename(G_TEST_DIST, "..", "data", "songs", NULL);
  g_autoptr(JsonNode) of_songs = report_path(songs, NULL, "1,4");
  g_autoptr(JsonNode) of_all_songs = report_path(songs, NULL, NULL);
  g_autoptr(JsonNode) of_classes = NULL;
  g_autoptr(JsonNode) of_binary = NULL;

  test_write_class_set(&classes);
  test_write_tiny_set(&binary);
  of_classes = report_path(classes.path, NULL, "2");
  of_binary = report_path(binary.path, NULL, "7");
  assert_ignored(of_songs, "[1,4]");
  assert_ignored(of_all_songs, "[]");
  assert_ignored(of_classes, "[2]");
  assert_ignored(of_binary, "[7]");
}

static void
assert_names(JsonObject *labels, const char *key, const char *names)
{
  JsonArray *array = json_object_get_array_member(labels, key);
  g_autoptr(GString) text = g_string_new(NULL);

  for (guint i = 0; i < json_array_get_length(array); i++)
    g_string_append_printf(text, "%s%s", i ? " " : "", json_array_get_string_element(array, i));
  g_assert_cmpstr(text->str, ==, names);
}

static void
test_labels(void)
{
  g_autoptr(JsonNode) report = report_sample("songs", NULL);
  JsonObject *part, *song, *labels;

  assert_fits_schema(report);
  part = json_object_get_object_member(get_model(report, 0), "set");
  g_assert_cmpfloat(json_object_get_double_member(part, "hamming_accuracy"), ==, 0.75);
  g_assert_true(
      json_object_has_member(json_object_get_object_member(part, "intervals"), "hamming"));
  song = json_array_get_object_element(
      json_object_get_array_member(get_model(report, 0), "per_example"), 0);
  g_assert_cmpfloat(json_object_get_double_member(song, "iou"), ==, 0.5);
  assert_counts(song, 2, 1, 1);
  g_assert_cmpint(json_array_get_length(json_object_get_array_member(song, "classes")), ==, 4);
  labels = json_object_get_object_member(song, "labels");
  assert_names(labels, "right", "Happy Fast");
  assert_names(labels, "missed", "Melodic");
  assert_names(labels, "extra", "Slow");
}

static JsonArray *
get_advice(JsonNode *report)
{
  return json_object_get_array_member(json_node_get_object(report), "advice");
}

/* The lesions' gap, for programs. */
static void
assert_values(JsonObject *advice)
{
  JsonObject *values = json_object_get_object_member(advice, "values");
  JsonObject *iou = json_object_get_object_member(values, "iou.mean");
  double training = json_object_get_double_member(iou, "training");
  double validation = json_object_get_double_member(iou, "validation");
  double gap = json_object_get_double_member(iou, "gap");

  g_assert_cmpfloat(training, >, validation);
  g_assert_cmpfloat(gap, ==, training - validation);
  g_assert_cmpfloat(json_object_get_double_member(iou, "low"), <, gap);
  g_assert_cmpfloat(json_object_get_double_member(iou, "high"), >, gap);
  g_assert_false(
      json_object_get_null_member(json_object_get_object_member(values, "exact"), "set"));
}

static void
test_no_values(void)
{
  g_autoptr(JsonNode) report = report_sample("songs", "explain");
  JsonObject *advice = json_array_get_object_element(
      json_object_get_array_member(json_node_get_object(report), "advice"), 0);
  JsonObject *values = json_object_get_object_member(advice, "values");
  JsonObject *iou = json_object_get_object_member(values, "iou.mean");

  assert_fits_schema(report);
  g_assert_false(json_object_get_null_member(iou, "set"));
  g_assert_true(json_object_get_null_member(iou, "gap"));
  g_assert_true(json_object_get_null_member(iou, "low"));
}

static void
test_advice(void)
{
  g_autoptr(JsonNode) plain = report_sample("lesions", NULL);
  g_autoptr(JsonNode) explained = report_sample("lesions", "explain");
  g_autoptr(JsonNode) none = report_sample("lesions", "none");
  JsonObject *first;

  assert_fits_schema(plain);
  assert_fits_schema(explained);
  g_assert_cmpuint(json_array_get_length(get_advice(plain)), ==, 1);
  g_assert_cmpuint(json_array_get_length(get_advice(explained)), ==, 2 * MS_N_ADVICE);
  g_assert_cmpuint(json_array_get_length(get_advice(none)), ==, 0);
  first = json_array_get_object_element(get_advice(plain), 0);
  g_assert_cmpstr(json_object_get_string_member(first, "model"), ==, "overfit");
  g_assert_cmpstr(json_object_get_string_member(first, "kind"), ==, "gap");
  g_assert_true(json_object_get_boolean_member(first, "given"));
  assert_values(first);
  first = json_array_get_object_element(get_advice(explained), 1);
  g_assert_false(json_object_get_boolean_member(first, "given"));
  g_assert_true(json_object_get_null_member(first, "remedy"));
}

/* What a reader should mind without a file to name. */
static void
test_notices(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) report = NULL;
  JsonArray *notices;
  JsonObject *last;

  test_write_tiny_set(&folder);
  report = report_folder(&folder);
  notices = json_object_get_array_member(json_node_get_object(report), "notices");
  last = json_array_get_object_element(notices, json_array_get_length(notices) - 1);
  g_assert_true(json_object_get_null_member(last, "path"));
  g_assert_cmpstr(json_object_get_string_member(last, "message"), ==,
                  "wild: 2 of 4 examples were not scored");
}

static void
test_shared_groups(void)
{
  static const char manifest[] = "example,actual,predicted,split,group\n"
                                 "s1,a.png,a.png,train,v\ns2,a.png,a.png,val,v\n";
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) report = NULL;
  g_autofree char *path = NULL;
  JsonArray *notices;
  JsonObject *groups;

  test_write_mask(&folder, "a.png", "##..");
  path = test_file(&folder, "set.csv", manifest, sizeof manifest - 1);
  report = report_folder(&(TestFolder){path});
  assert_fits_schema(report);
  groups = json_object_get_object_member(get_model(report, 0), "groups");
  groups = json_object_get_object_member(groups, "intervals");
  g_assert_cmpint(json_object_get_int_member(groups, "units"), ==, 1);
  g_assert_cmpstr(json_object_get_string_member(groups, "over"), ==, "groups");
  notices = json_object_get_array_member(json_node_get_object(report), "notices");
  g_assert_cmpstr(
      json_object_get_string_member(
          json_array_get_object_element(notices, json_array_get_length(notices) - 1), "message"),
      ==,
      "1 group is in both train and val, so neither is evidence against the other: make a split "
      "that keeps groups whole.");
}

static void
test_pair(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) report = NULL;

  test_write_worked_pair(&folder, "actual/worked.png", "predictions/worked.png");
  set = test_open_set(&folder);
  evaluation = test_evaluate(set, 1);
  text = test_report_pair(evaluation, 0, MS_FORMAT_JSON);
  report = parse(text);
  assert_fits_schema(report);
  assert_counts(json_object_get_object_member(json_node_get_object(report), "pair"), 416, 73, 39);
}

/* The checker itself must be able to object. */
static void
test_checker(void)
{
  g_autoptr(JsonNode) document = parse("{\"maskscope\": 1, \"set\": {}, \"options\": {\"empty\": "
                                       "\"two\"}, \"surprise\": null, \"advice\": [1]}");
  g_autofree char *problems = check_document(document);
  const char *expected[] = {"report.maskscope has the wrong type",
                            "report.set lacks title",
                            "report.options.empty has a value that is not listed",
                            "report.surprise is not in the schema",
                            "report.advice[0] has the wrong type",
                            "report lacks notices"};

  for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
    if (!strstr(problems, expected[i]))
      g_error("not found: %s", expected[i]);
}

static void
test_writer(void)
{
  g_auto(MsSink) sink = {0};
  MsJsonWriter json;

  ms_sink_init(&sink, NULL);
  ms_json_init(&json, &sink);
  ms_json_open(&json, '{', FALSE);
  ms_json_member_string(&json, "quoted \"key\"", "a\\b\n\x7f\xff");
  ms_json_key(&json, "numbers");
  ms_json_open(&json, '[', TRUE);
  ms_json_number(&json, 0.1);
  ms_json_number(&json, 1.0 / 3.0);
  ms_json_number(&json, INFINITY);
  ms_json_number(&json, NAN);
  ms_json_count(&json, G_MAXUINT64);
  ms_json_close(&json, ']');
  ms_json_key(&json, "nothing");
  ms_json_open(&json, '{', FALSE);
  ms_json_close(&json, '}');
  ms_json_close(&json, '}');
  g_assert_cmpstr(sink.text->str, ==,
                  "{\n"
                  "  \"quoted \\\"key\\\"\": \"a\\\\b\\u000a\\u007f\xef\xbf\xbd\",\n"
                  "  \"numbers\": [0.1, 0.3333333333333333, \"inf\", null, 18446744073709551615],\n"
                  "  \"nothing\": {}\n"
                  "}");
}

/* ---- boundary and instance metrics ---- */

static const MsMeasureRequest everything = {MS_MEASURES_ALL, 2, TRUE};

static JsonNode *
report_measures(const TestFolder *folder, const MsMeasureRequest *request)
{
  g_autoptr(MsSet) set = test_open_set(folder);
  g_autoptr(MsEvaluation) evaluation = test_evaluate(set, 2);
  g_autoptr(GPtrArray) boards = test_boards(evaluation);
  g_autoptr(MsSetMeasures) measures =
      ms_set_measures_new(evaluation, request, 2, NULL, NULL, NULL, NULL);
  TestReport report = test_report_begin();
  g_autofree char *text = NULL;

  g_assert_true(ms_report_table(evaluation, boards, measures, MS_FORMAT_JSON, report.file, NULL));
  text = test_report_end(&report);
  return parse(text);
}

static JsonObject *
get_example(JsonNode *report, guint model, guint index)
{
  return json_array_get_object_element(
      json_object_get_array_member(get_model(report, model), "per_example"), index);
}

/* "wild" finds something in the empty mask: infinite, left out of the mean and counted. */
static void
test_measures(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) report = NULL;
  JsonObject *part, *entry;

  test_write_tiny_set(&folder);
  report = report_measures(&folder, &everything);
  assert_fits_schema(report);
  part = json_object_get_object_member(get_model(report, 1), "set");
  entry = json_object_get_object_member(json_object_get_object_member(part, "measures"), "hd95");
  g_assert_cmpint(json_object_get_int_member(entry, "mean"), ==, 0);
  g_assert_cmpint(json_object_get_int_member(entry, "in_mean"), ==, 1);
  g_assert_cmpint(json_object_get_int_member(entry, "infinite"), ==, 1);
  entry = json_object_get_object_member(get_example(report, 1, 1), "measures");
  g_assert_cmpstr(json_object_get_string_member(entry, "hausdorff"), ==, "inf");
  g_assert_cmpint(json_object_get_int_member(entry, "surface_dice"), ==, 0);
  g_assert_true(json_object_get_null_member(entry, "pq"));
  g_assert_true(json_object_get_null_member(get_example(report, 1, 3), "measures"));
  g_assert_true(json_object_get_null_member(get_example(report, 1, 3), "tolerance"));
  part = json_object_get_object_member(get_model(report, 0), "set");
  entry = json_object_get_object_member(part, "tolerance");
  g_assert_cmpint(json_object_get_int_member(entry, "pixels"), ==, 2);
  g_assert_cmpint(json_object_get_int_member(entry, "exact"), ==, 3);
}

static void
test_measures_of_classes(void)
{
  static const MsMeasureRequest one = {MS_MEASURE_BIT(MS_MEASURE_ASSD), 2, FALSE};
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(JsonNode) all = NULL;
  g_autoptr(JsonNode) some = NULL;
  JsonObject *class;

  test_write_class_set(&folder);
  all = report_measures(&folder, &everything);
  assert_fits_schema(all);
  class = json_array_get_object_element(
      json_object_get_array_member(get_example(all, 0, 0), "classes"), 1);
  g_assert_cmpfloat(
      json_object_get_double_member(json_object_get_object_member(class, "measures"), "assd"), ==,
      0.25);
  g_assert_true(json_object_has_member(class, "tolerance"));
  some = report_measures(&folder, &one);
  assert_fits_schema(some);
  class = json_array_get_object_element(
      json_object_get_array_member(get_example(some, 0, 0), "classes"), 1);
  g_assert_cmpuint(json_object_get_size(json_object_get_object_member(class, "measures")), ==, 1);
  g_assert_false(json_object_has_member(class, "tolerance"));
}

/* What could not be measured says why, beside its scores, in JSON and in CSV. */
static void
test_not_measured(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *gone = test_path(&folder, "predictions/one.png");
  g_autofree char *text = NULL;
  g_autofree char *csv = NULL;
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsSetMeasures) measures = NULL;
  g_autoptr(GPtrArray) boards = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonObject *example;
  TestReport report;

  test_write_class_set(&folder);
  set = test_open_set(&folder);
  evaluation = test_evaluate(set, 2);
  boards = test_boards(evaluation);
  g_remove(gone);
  measures = ms_set_measures_new(evaluation, &everything, 2, NULL, NULL, NULL, NULL);
  report = test_report_begin();
  g_assert_true(ms_report_table(evaluation, boards, measures, MS_FORMAT_JSON, report.file, NULL));
  text = test_report_end(&report);
  root = parse(text);
  assert_fits_schema(root);
  example = get_example(root, 0, 0);
  g_assert_cmpstr(json_object_get_string_member(example, "status"), ==, "ok");
  g_assert_true(
      g_str_has_prefix(json_object_get_string_member(example, "message"), "not measured: "));
  g_assert_true(json_object_get_null_member(example, "measures"));
  report = test_report_begin();
  g_assert_true(ms_report_table(evaluation, NULL, measures, MS_FORMAT_CSV, report.file, NULL));
  csv = test_report_end(&report);
  g_assert_nonnull(strstr(csv, ",ok,not measured: "));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/report/json/writer", test_writer);
  g_test_add_func("/report/json/checker", test_checker);
  g_test_add_func("/report/json/binary", test_binary);
  g_test_add_func("/report/json/skipped", test_skipped);
  g_test_add_func("/report/json/by-rule", test_by_rule);
  g_test_add_func("/report/json/classes", test_classes);
  g_test_add_func("/report/json/intervals", test_intervals);
  g_test_add_func("/report/json/labels", test_labels);
  g_test_add_func("/report/json/ignored", test_ignored);
  g_test_add_func("/report/json/options", test_options);
  g_test_add_func("/json/adjusted", test_adjusted);
  g_test_add_func("/report/json/advice", test_advice);
  g_test_add_func("/report/json/no-values", test_no_values);
  g_test_add_func("/report/json/notices", test_notices);
  g_test_add_func("/report/json/shared-groups", test_shared_groups);
  g_test_add_func("/report/json/pair", test_pair);
  g_test_add_func("/report/json/measures", test_measures);
  g_test_add_func("/report/json/measures-of-classes", test_measures_of_classes);
  g_test_add_func("/report/json/not-measured", test_not_measured);
  return g_test_run();
}
