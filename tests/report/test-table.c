/* SPDX-License-Identifier: MIT
 *
 * The CSV and text reports of two small sets whose every number was worked out by hand.
 */
#include "report/table.h"

#include "report/sets.h"

#define HEADER                                                                                     \
  "example,split,model,class,tp,fp,fn,tn,ignored,iou,dice,precision,recall,exact_match,status,"    \
  "message"

static char *
report_folder(const TestFolder *folder, MsFormat format, guint jobs)
{
  g_autoptr(MsSet) set = test_open_set(folder);
  g_autoptr(MsEvaluation) evaluation = test_evaluate(set, jobs);

  return g_string_free(ms_report_table(evaluation, format), FALSE);
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
  g_autoptr(GString) csv = NULL;

  test_write_tiny_set(&folder);
  set = test_open_set(&folder);
  evaluation = test_evaluate(set, 1);
  csv = ms_report_pair(evaluation, test_find_example(set, "val/size"), 0, MS_FORMAT_CSV);
  g_assert_cmpstr(csv->str, ==,
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
  /* steady: IoU 0.75, 1 and 0.5; pooled 4 / (4 + 1 + 1); Dice 6/7, 1 and 2/3. */
  assert_contains(text, "steady  all         3        1     0.750       0.667      0.841  0.333 (1 "
                        "of 3)\n");
  assert_contains(text, "steady  train       2        0     0.875       0.750      0.929  0.500 (1 "
                        "of 2)\n");
  assert_contains(text, "Worst examples, steady\n");
  assert_contains(text, "  0.500  no         1   8  val    val/size\n");
  assert_contains(text, "\nSkipped\n");
  assert_contains(text, "  val/bad   steady  ");
  assert_contains(text, "steady: 1 of 4 examples were not scored");
  g_assert_null(strstr(text, "mIoU"));
}

static void
test_text_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *text = NULL;

  test_write_class_set(&folder);
  text = report_folder(&folder, MS_FORMAT_TEXT, 1);
  g_test_message("%s", text);
  assert_contains(text, "mIoU");
  /* Pooled: background 6 / 7, cat 3 / 5, dog 5 / 6; their mean 0.763. */
  assert_contains(text, "  background  0.857");
  assert_contains(text, "  cat         0.600");
  assert_contains(text, "  dog         0.833");
  assert_contains(text, "  0.763  0.500 (1 of 2)\n");
}

static void
test_text_pair(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(GString) text = NULL;

  test_write_worked_pair(&folder, "actual/worked.png", "predictions/worked.png");
  set = test_open_set(&folder);
  evaluation = test_evaluate(set, 1);
  text = ms_report_pair(evaluation, 0, 0, MS_FORMAT_TEXT);
  assert_contains(text->str, "0.788  416 / (416 + 73 + 39)\n");
  assert_contains(text->str, "Not exact: 112 of 1,024 pixels differ\n");
  assert_contains(text->str, "TP 416, FP 73, FN 39, TN 496, ignored 0\n");
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
  g_test_add_func("/report/table/hostile-name", test_hostile_name);
  return g_test_run();
}
