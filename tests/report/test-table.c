/* SPDX-License-Identifier: MIT
 *
 * The CSV and text reports of small sets whose every number was worked out by hand, and of the
 * songs that ship with the program.
 */
#include "report/table.h"

#include "io/error.h"
#include "report/sets.h"
#include "report/sink.h"
#include "set/option-values.h"
#include "support/heap-file.h"

#define HEADER                                                                                     \
  "example,split,model,class,tp,fp,fn,tn,ignored,iou,dice,precision,recall,exact_match,status,"    \
  "message"

static char *
report_set(MsSet *set, MsFormat format, guint jobs)
{
  g_autoptr(MsEvaluation) evaluation = test_evaluate(set, jobs);
  g_autoptr(GPtrArray) boards = ms_report_wants_boards(format) ? test_boards(evaluation) : NULL;

  return test_report_table(evaluation, boards, format);
}

static char *
report_folder(const TestFolder *folder, MsFormat format, guint jobs)
{
  g_autoptr(MsSet) set = test_open_set(folder);

  return report_set(set, format, jobs);
}

/* The set in a file of the folder; advise NULL: the usual. */
static char *
report_file(const TestFolder *folder, const char *name, MsFormat format, const char *advise)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;

  options->set = test_path(folder, name);
  if (advise)
    g_assert_true(ms_options_set_advise(options, "--advise", advise, &error));
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return report_set(set, format, 1);
}

static char *
report_songs(MsFormat format)
{
  g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "data", NULL);
  const TestFolder folder = {path};

  return report_file(&folder, "songs", format, NULL);
}

static void
assert_contains(const char *text, const char *part)
{
  if (!strstr(text, part))
    g_error("'%s' is not in:\n%s", part, text);
}

static void
assert_prefix(const char *text, const char *prefix)
{
  if (!g_str_has_prefix(text, prefix))
    g_error("'%s' does not begin with '%s'", text, prefix);
}

static void
test_csv_binary(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *csv = NULL;
  g_auto(GStrv) lines = NULL;

  test_write_tiny_set(&folder);
  csv = report_folder(&folder, MS_FORMAT_CSV, 1);
  lines = g_strsplit(csv, "\n", -1);
  g_assert_cmpuint(g_strv_length(lines), ==, 10);
  g_assert_cmpstr(lines[0], ==, HEADER);
  g_assert_cmpstr(lines[1], ==,
                  "\"train/a,b\",train,steady,foreground,3,0,1,4,0,0.75,0.8571428571428571,1,0.75,"
                  "0,ok,");
  g_assert_cmpstr(lines[2], ==, "\"train/a,b\",train,wild,foreground,4,0,0,4,0,1,1,1,1,1,ok,");
  g_assert_cmpstr(lines[3], ==, "train/empty,train,steady,foreground,0,0,0,8,0,1,1,1,1,1,ok,");
  g_assert_cmpstr(lines[4], ==, "train/empty,train,wild,foreground,0,1,0,7,0,0,0,0,0,0,ok,");
  assert_prefix(lines[5], "val/bad,val,steady,*,,,,,,,,,,,error,");
  assert_contains(lines[5], "bad.png");
  assert_prefix(lines[6], "val/bad,val,wild,*,,,,,,,,,,,skipped,");
  g_assert_cmpstr(lines[7], ==,
                  "val/size,val,steady,foreground,1,1,0,6,0,0.5,0.6666666666666666,0.5,1,0,ok,");
  assert_prefix(lines[8], "val/size,val,wild,*,,,,,,,,,,,skipped,");
  assert_contains(lines[8], "4 x 2");
  assert_contains(lines[8], "5 x 2");
  g_assert_cmpstr(lines[9], ==, "");
}

static void
test_csv_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *csv = NULL;

  test_write_class_set(&folder);
  csv = report_folder(&folder, MS_FORMAT_CSV, 1);
  g_assert_cmpstr(
      csv, ==,
      HEADER "\n"
             "one,,predictions,background,2,1,0,5,0,0.6666666666666666,0.8,0.6666666666666666,1,0,"
             "ok,\n"
             "one,,predictions,cat,3,1,1,3,0,0.6,0.75,0.75,0.75,0,ok,\n"
             "one,,predictions,dog,1,0,1,6,0,0.5,0.6666666666666666,1,0.5,0,ok,\n"
             "one,,predictions,*,4,1,2,,0,0.5714285714285714,0.7272727272727273,0.8,"
             "0.6666666666666666,0,ok,\n"
             "two,,predictions,background,4,0,0,4,0,1,1,1,1,1,ok,\n"
             "two,,predictions,dog,4,0,0,4,0,1,1,1,1,1,ok,\n"
             "two,,predictions,*,4,0,0,,0,1,1,1,1,1,ok,\n");
}

static void
test_csv_ignored(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *csv = NULL;

  /* 255 in a mask of class ids is the ignored label. */
  test_write_mask(&folder, "actual/one.png", "12##\n0000");
  test_write_mask(&folder, "predictions/one.png", "1211\n0000");
  csv = report_folder(&folder, MS_FORMAT_CSV, 1);
  g_assert_cmpstr(csv, ==,
                  HEADER "\n"
                         "one,,predictions,0,4,0,0,2,2,1,1,1,1,1,ok,\n"
                         "one,,predictions,1,1,0,0,5,2,1,1,1,1,1,ok,\n"
                         "one,,predictions,2,1,0,0,5,2,1,1,1,1,1,ok,\n"
                         "one,,predictions,*,2,0,0,,2,1,1,1,1,1,ok,\n");
}

static void
test_csv_pair(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autofree char *csv = NULL;

  test_write_tiny_set(&folder);
  set = test_open_set(&folder);
  evaluation = test_evaluate(set, 1);
  csv = test_report_pair(evaluation, test_find_example(set, "val/size"), MS_FORMAT_CSV);
  g_assert_cmpstr(csv, ==,
                  HEADER "\n"
                         "val/size,val,steady,foreground,1,1,0,6,0,0.5,0.6666666666666666,0.5,1,0,"
                         "ok,\n");
}

static void
test_threads_do_not_show(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  test_write_tiny_set(&folder);
  for (MsFormat format = MS_FORMAT_CSV; format <= MS_FORMAT_TEXT; format++) {
    g_autofree char *one = report_folder(&folder, format, 1);
    g_autofree char *four = report_folder(&folder, format, 4);

    g_assert_cmpstr(one, ==, four);
  }
}

static void
test_text_binary(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = NULL;

  test_write_tiny_set(&folder);
  text = report_folder(&folder, MS_FORMAT_TEXT, 1);
  g_test_message("%s", text);
  assert_contains(text, "4 examples");
  assert_contains(text, "both masks empty score 1");
  assert_contains(text, "model   split  scored  skipped  exact\n"
                        "steady  all         3        1      1\n"
                        "steady  train       2        0      1\n"
                        "steady  val         1        1      0\n"
                        "wild    all         2        2      1\n");
  /* steady: IoU 0.75, 1 and 0.5; pooled 4 / (4 + 1 + 1); Dice 6/7, 1 and 2/3. Two or three examples
   * are drawn as their best or worst alone often enough. */
  assert_contains(text,
                  "\nScores, steady\n"
                  "                     all                     train                   val\n"
                  "  Mean IoU           0.750 (0.500 to 1.000)  0.875 (0.750 to 1.000)  0.500\n"
                  "  Pooled IoU         0.667 (0.500 to 1.000)  0.750 (0.750 to 1.000)  0.500\n"
                  "  Mean Dice          0.841 (0.667 to 1.000)  0.929 (0.857 to 1.000)  0.667\n"
                  "  Pooled Dice        0.800 (0.667 to 1.000)  0.857 (0.857 to 1.000)  0.667\n"
                  "  Exact match ratio  0.333 (0.000 to 1.000)  0.500 (0.000 to 1.000)  0.000\n");
  assert_contains(text,
                  "  Mean IoU           0.500 (0.000 to 1.000)  0.500 (0.000 to 1.000)  n/a\n");
  assert_contains(text, "Worst examples, steady\n");
  assert_contains(text, "  0.500  no         1          8  val    val/size\n");
  assert_contains(text, "\nSkipped\n");
  assert_contains(text, "  val/bad   steady  ");
  assert_contains(text, "steady: 1 of 4 examples were not scored");
  g_assert_null(strstr(text, "Mean IoU over"));
  g_assert_null(strstr(text, "Hamming"));
  g_assert_null(strstr(text, "Advice"));
}

static void
test_text_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = NULL;

  test_write_class_set(&folder);
  text = report_folder(&folder, MS_FORMAT_TEXT, 1);
  g_test_message("%s", text);
  /* Pooled: background 6 / 7, cat 3 / 5, dog 5 / 6; their mean 0.763. */
  assert_contains(text, "  background  0.857");
  assert_contains(text, "  cat         0.600");
  assert_contains(text, "  dog         0.833");
  assert_contains(text, "\nClasses, pooled over all examples\n");
  assert_contains(text, "\n  class         IoU ");
  assert_contains(text, "\n  Mean IoU over classes  0.763 (0.589 to 1.000)\n");
  assert_contains(text, "\n  Exact match ratio      0.500 (0.000 to 1.000)\n");
}

static void
test_text_pair(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autofree char *text = NULL;

  test_write_worked_pair(&folder, "actual/worked.png", "predictions/worked.png");
  set = test_open_set(&folder);
  evaluation = test_evaluate(set, 1);
  text = test_report_pair(evaluation, 0, MS_FORMAT_TEXT);
  assert_contains(text, "0.788  416 / (416 + 73 + 39)\n");
  assert_contains(text, "Not exact: 112 of 1,024 pixels differ\n");
  assert_contains(text, "TP 416, FP 73, FN 39, TN 496, ignored 0\n");
}

/* The documents' example: TP 2, FP 1, FN 1, IoU 0.5. */
static void
test_csv_songs(void)
{
  g_autofree char *csv = report_songs(MS_FORMAT_CSV);

  assert_prefix(csv,
                HEADER "\n"
                       "song_01,,predicted,Happy,1,0,0,0,0,1,1,1,1,0,ok,\n"
                       "song_01,,predicted,Fast,1,0,0,0,0,1,1,1,1,0,ok,\n"
                       "song_01,,predicted,Slow,0,1,0,0,0,0,0,0,0,0,ok,\n"
                       "song_01,,predicted,Melodic,0,0,1,0,0,0,0,0,0,0,ok,\n"
                       "song_01,,predicted,*,2,1,1,,0,0.5,0.6666666666666666,0.6666666666666666,"
                       "0.6666666666666666,0,ok,\n");
  assert_contains(csv, "\nsong_07,,predicted,*,");
}

static void
test_text_songs(void)
{
  g_autofree char *text = report_songs(MS_FORMAT_TEXT);
  const char *body =
      strchr(text, '\n'); /* the first line names the path, which may hold any word */

  g_test_message("%s", text);
  assert_contains(text, "both label sets empty score 1");
  assert_contains(text, "\n  Mean IoU over labels  0.");
  assert_contains(text, "\n  Hamming accuracy      0.");
  assert_contains(text, "\nLabels, pooled over all examples\n"
                        "  label      IoU   Dice  precision  recall  TP  FP  FN\n"
                        "  Happy  ");
  assert_contains(text, "of labels  example  reason\n");
  assert_contains(text, "  0.500  no         2          5  song_01  missed Melodic, extra Slow\n");
  g_assert_null(strstr(body, "class"));
  g_assert_null(strstr(body, "pixel"));
  g_assert_null(strstr(body, "mask"));
}

static void
test_text_pair_of_songs(void)
{
  g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "data", "songs", NULL);
  const TestFolder folder = {path};
  g_autoptr(MsSet) set = test_open_set(&folder);
  g_autoptr(MsEvaluation) evaluation = test_evaluate(set, 1);
  g_autofree char *text = test_report_pair(evaluation, 0, MS_FORMAT_TEXT);

  assert_contains(text, "\n  song_01\n"
                        "  IoU               0.500  2 / (2 + 1 + 1)\n");
  assert_contains(text, "  Hamming accuracy  0.600  3 / 5\n"
                        "  Not exact: missed Melodic, extra Slow\n"
                        "  TP 2, FP 1, FN 1, ignored 0\n");
  assert_contains(text, "\n  label      IoU ");
}

/* Ten pixels, of which a digit says how many are right; a line an example. */
static void
write_digits(const TestFolder *folder, const char *splits[][2], guint n_splits)
{
  g_autoptr(GString) manifest = g_string_new("example,actual,predicted,split\n");
  guint n = 0;

  test_write_run(folder, "actual.png", 10, 1, 0, 10);
  for (int k = 0; k < 10; k++) {
    g_autofree char *name = g_strdup_printf("%d.png", k);
    test_write_run(folder, name, 10, 1, 0, k);
  }
  for (guint i = 0; i < n_splits; i++)
    for (const char *digit = splits[i][1]; *digit; digit++)
      g_string_append_printf(manifest, "e%03u,actual.png,%c.png,%s\n", n++, *digit, splits[i][0]);
  g_free(test_file(folder, "set.csv", manifest->str, manifest->len));
}

static void
test_text_advice(void)
{
  const char *splits[][2] = {{"train", "9999988888"}, {"val", "4444433333"}};
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = NULL;
  g_autofree char *explained = NULL;
  g_autofree char *none = NULL;

  write_digits(&folder, splits, G_N_ELEMENTS(splits));
  text = report_file(&folder, "set.csv", MS_FORMAT_TEXT, NULL);
  explained = report_file(&folder, "set.csv", MS_FORMAT_TEXT, "explain");
  none = report_file(&folder, "set.csv", MS_FORMAT_TEXT, "none");
  assert_contains(text,
                  "\nAdvice\n"
                  "  Much better on training than on validation examples\n"
                  "    Mean IoU is 0.850 on train (10 examples) and 0.350 on val (10 examples): "
                  "0.500 higher, 95 %\n"
                  "    interval 0.4");
  assert_contains(text, "\n    The model may have memorised its training examples (overfitting)");
  g_assert_null(strstr(text, "No advice"));
  assert_contains(explained, "\n  Much better on training");
  assert_contains(explained, "\n  No advice on the score of training examples\n"
                             "    Mean IoU is 0.850 on train: not below 0.50.\n");
  g_assert_null(strstr(none, "Advice"));
}

/* More splits than stand side by side, and more than are shown. */
static void
test_text_splits(void)
{
  const char *some[][2] = {{"train", "99"}, {"val", "88"}, {"test", "77"}};
  const char *many[][2] = {{"a", "9"}, {"b", "8"}, {"c", "7"}, {"d", "6"}, {"e", "5"},
                           {"f", "4"}, {"g", "3"}, {"h", "2"}, {"i", "1"}, {"j", "1"}};
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;
  g_auto(GStrv) lines = NULL;

  write_digits(&folder, some, G_N_ELEMENTS(some));
  text = report_file(&folder, "set.csv", MS_FORMAT_TEXT, NULL);
  lines = g_strsplit(strstr(text, "\nScores"), "\n", -1);
  assert_contains(text, "\n\n                     test\n"
                        "  Mean IoU           0.700 (0.700 to 0.700)\n");
  for (guint i = 0; lines[i]; i++)
    g_assert_cmpuint(strlen(lines[i]), <=, 100);
  write_digits(&folder, many, G_N_ELEMENTS(many));
  more = report_file(&folder, "set.csv", MS_FORMAT_TEXT, NULL);
  assert_contains(more, "  and 2 more splits; the JSON report lists all\n");
  assert_contains(more, "  h ");
  g_assert_null(strstr(more, "\npredicted  i "));
}

/* One split that is all there is stands for the set. */
static void
test_text_single_split(void)
{
  const char *splits[][2] = {{"val", "98"}};
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = NULL;

  write_digits(&folder, splits, G_N_ELEMENTS(splits));
  text = report_file(&folder, "set.csv", MS_FORMAT_TEXT, NULL);
  assert_contains(text, "                     val\n"
                        "  Mean IoU           0.850 (0.800 to 0.900)\n");
  g_assert_null(strstr(text, "  all"));
}

static void
test_text_groups(void)
{
  static const char manifest[] = "example,actual,predicted,group\n"
                                 "s1,actual.png,9.png,v\n"
                                 "s2,actual.png,7.png,v\n"
                                 "s3,actual.png,6.png,w\n"
                                 "s4,actual.png,5.png,\n";
  const char *splits[][2] = {{"", ""}};
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = NULL;

  write_digits(&folder, splits, G_N_ELEMENTS(splits));
  g_free(test_file(&folder, "set.csv", manifest, sizeof manifest - 1));
  text = report_file(&folder, "set.csv", MS_FORMAT_TEXT, NULL);
  /* Groups 16 / 20 and 6 / 10. */
  assert_contains(text, "                     all                     groups\n"
                        "  Mean IoU           0.675 (0.500 to 0.800)  0.700 (0.600 to 0.800)\n");
  assert_contains(text, "bootstrap over 2 groups and 1 example without one");
}

/* Splits beyond those that are drawn have no intervals, and that is said. */
static void
test_text_many_splits(void)
{
  const char *none[][2] = {{"", ""}};
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GString) manifest = g_string_new("example,actual,predicted,split\n");
  g_autofree char *drawn = NULL;
  g_autofree char *undrawn = NULL;

  write_digits(&folder, none, G_N_ELEMENTS(none));
  for (guint i = 0; i < MS_SCOREBOARD_MAX_DRAWN; i++)
    g_string_append_printf(manifest, "e%03u,actual.png,7.png,part%03u\n", i, i);
  g_free(test_file(&folder, "set.csv", manifest->str, manifest->len));
  drawn = report_file(&folder, "set.csv", MS_FORMAT_TEXT, NULL);
  g_string_append(manifest, "last,actual.png,7.png,more\n");
  g_free(test_file(&folder, "set.csv", manifest->str, manifest->len));
  undrawn = report_file(&folder, "set.csv", MS_FORMAT_TEXT, NULL);
  g_assert_null(strstr(drawn, "have 95 % intervals"));
  assert_contains(undrawn, "\n  only the first 100 of 101 splits have 95 % intervals\n");
}

/* Told with or without advice. */
static void
test_text_shared_groups(void)
{
  static const char manifest[] = "example,actual,predicted,split,group\n"
                                 "s1,actual.png,9.png,train,v\n"
                                 "s2,actual.png,7.png,val,v\n"
                                 "s3,actual.png,6.png,val,w\n";
  const char *splits[][2] = {{"", ""}};
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = NULL;

  write_digits(&folder, splits, G_N_ELEMENTS(splits));
  g_free(test_file(&folder, "set.csv", manifest, sizeof manifest - 1));
  text = report_file(&folder, "set.csv", MS_FORMAT_TEXT, "none");
  assert_contains(text, "\nNotices\n"
                        "  1 group is in both train and val, so neither is evidence against the "
                        "other: make a split that keeps groups whole.\n");
}

static void
test_hostile_name(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = NULL;
  g_autofree char *csv = NULL;

  /* A terminal must not obey a file name; CSV keeps it, quoted. */
  test_write_mask(&folder, "actual/a\033[2J\n\"b.png", "##..");
  test_write_mask(&folder, "predictions/a\033[2J\n\"b.png", "#...");
  text = report_folder(&folder, MS_FORMAT_TEXT, 1);
  csv = report_folder(&folder, MS_FORMAT_CSV, 1);
  g_assert_null(strchr(text, '\033'));
  assert_contains(csv, "\n\"a\033[2J\n\"\"b\",,predictions,");
}

/* Counts of several classes that were put on disk and are gone: the example is an error in the
 * rows, and scores of the set that would be without it are none. */
static void
test_counts_lost(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsSet) set = NULL;
  g_autoptr(GPtrArray) boards = NULL;
  g_autofree char *csv = NULL;
  g_autoptr(GError) error = NULL;

  test_write_mask(&folder, "actual/one.png", "1222\n0000");
  test_write_mask(&folder, "predictions/one.png", "1211\n0000");
  set = test_open_set(&folder);
  evaluation = ms_evaluation_new(set);
  test_keep_in_file(evaluation);
  ms_evaluation_run(evaluation, 1, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  if (!test_lose_file()) {
    g_test_skip("the temporary file is not to be found here");
    return;
  }
  boards = ms_scoreboard_compute_all(evaluation, NULL, NULL, NULL, &error);
  g_assert_null(boards);
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_READING);
  g_assert_true(g_str_has_prefix(error->message, "one: its counts cannot be read back"));
  csv = test_report_table(evaluation, NULL, MS_FORMAT_CSV);
  g_assert_cmpstr(csv, ==,
                  HEADER "\n"
                         "one,,predictions,*,,,,,,,,,,,error,one: its counts cannot be read back "
                         "from the folder of temporary files\n");
  g_assert_cmpint(ms_evaluation_get_score(evaluation, 0, 0).status, ==, MS_RESULT_ERROR);
}

/* A row is handed on when there is enough of them; an error waits for the end. */
static void
test_sink(void)
{
  g_autofree char *row = g_strnfill(40000, 'x');
  TestReport report = test_report_begin();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsFileWriter) full = ms_file_writer_open("/dev/full", &error);
  g_auto(MsSink) sink = {0};
  g_auto(MsSink) failing = {0};
  g_autofree char *text = NULL;

  g_assert_no_error(error);
  ms_sink_init(&sink, report.file);
  ms_sink_init(&failing, full);
  for (guint i = 1; i <= 3; i++) {
    g_string_append(sink.text, row);
    g_string_append(failing.text, row);
    ms_sink_drain(&sink);
    ms_sink_drain(&failing);
    g_assert_cmpuint(sink.text->len, ==, i == 2 ? 0 : 40000);
  }
  g_assert_true(ms_sink_end(&sink, &error));
  g_assert_no_error(error);
  text = test_report_end(&report);
  g_assert_cmpuint(strlen(text), ==, 120000);
  g_assert_false(ms_sink_end(&failing, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/report/table/csv-binary", test_csv_binary);
  g_test_add_func("/report/table/csv-classes", test_csv_classes);
  g_test_add_func("/report/table/csv-ignored", test_csv_ignored);
  g_test_add_func("/report/table/csv-pair", test_csv_pair);
  g_test_add_func("/report/table/threads-do-not-show", test_threads_do_not_show);
  g_test_add_func("/report/table/text-binary", test_text_binary);
  g_test_add_func("/report/table/text-classes", test_text_classes);
  g_test_add_func("/report/table/text-pair", test_text_pair);
  g_test_add_func("/report/table/csv-songs", test_csv_songs);
  g_test_add_func("/report/table/text-songs", test_text_songs);
  g_test_add_func("/report/table/text-pair-of-songs", test_text_pair_of_songs);
  g_test_add_func("/report/table/text-advice", test_text_advice);
  g_test_add_func("/report/table/text-splits", test_text_splits);
  g_test_add_func("/report/table/text-single-split", test_text_single_split);
  g_test_add_func("/report/table/text-groups", test_text_groups);
  g_test_add_func("/report/table/text-many-splits", test_text_many_splits);
  g_test_add_func("/report/table/text-shared-groups", test_text_shared_groups);
  g_test_add_func("/report/table/counts-lost", test_counts_lost);
  g_test_add_func("/report/table/hostile-name", test_hostile_name);
  g_test_add_func("/report/sink", test_sink);
  return g_test_run();
}
