/* SPDX-License-Identifier: MIT
 *
 * Boundary and instance metrics and scores at a tolerance as other programs see them: bytes of
 * small sets whose distances can be told by looking, how they behave beside the other columns,
 * levels and stored results, and what is refused.
 */
#include "cli/comma-locale.h"
#include "cli/program.h"

#define HEADER                                                                                     \
  "example,split,model,class,tp,fp,fn,tn,ignored,iou,dice,precision,recall,exact_match,status,"    \
  "message"
#define ALL ",boundary_iou,hausdorff,hd95,assd,masd,surface_dice,pq,sq,rq"

/* One pixel off; both empty; one empty; not predicted. */
static void
write_binary_set(const TestFolder *folder)
{
  test_write_mask(folder, "actual/a.png", "##..\n##..");
  test_write_mask(folder, "predictions/a.png", "##..\n#...");
  test_write_mask(folder, "actual/b.png", "....\n....");
  test_write_mask(folder, "predictions/b.png", "....\n....");
  test_write_mask(folder, "actual/c.png", "....\n....");
  test_write_mask(folder, "predictions/c.png", "#...\n....");
  test_write_mask(folder, "actual/d.png", "##..\n##..");
}

/* Three classes; in "three" the dog is in the predicted mask alone. */
static void
write_class_set(const TestFolder *folder)
{
  test_write_class_set(folder);
  test_write_mask(folder, "actual/three.png", "1100\n0000");
  test_write_mask(folder, "predictions/three.png", "1120\n0000");
}

/* Two actual objects, and the larger one with a pixel less. */
static void
write_objects(const TestFolder *folder)
{
  test_write_mask(folder, "actual/a.png", "1100\n1122");
  test_write_mask(folder, "predictions/a.png", "3300\n3000");
}

static char *
run_for_output(const TestFolder *folder, const char *words, int status)
{
  g_auto(Run) run = run_program(folder, words);

  if (run.status != status)
    g_error("'%s' ended with %d, not %d; it said: %s", words, run.status, status, run.err);
  return g_steal_pointer(&run.out);
}

/* ---- CSV ---- */

/* The borders of a: all four actual and all three predicted pixels, one of them 1 away, so that
 * HD95 is at rank 0.95 x 3 of 0 0 0 1, ASSD 1/7 and MASD (1/4 + 0) / 2. */
static void
test_binary(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *out = NULL;

  write_binary_set(&folder);
  out = run_for_output(&folder, "evaluate . --format csv --metrics all --tolerance 2", 3);
  g_assert_cmpstr(
      out, ==,
      HEADER ALL
      ",iou_tolerant,exact_match_tolerant\n"
      "a,,predictions,foreground,3,0,1,4,0,0.75,0.8571428571428571,1,0.75,0,ok,,"
      "0.75,1,0.8499999999999996,0.14285714285714285,0.125,1,,,,1,1\n"
      "b,,predictions,foreground,0,0,0,8,0,1,1,1,1,1,ok,,1,0,0,0,0,1,,,,1,1\n"
      "c,,predictions,foreground,0,1,0,7,0,0,0,0,0,0,ok,,0,inf,inf,inf,inf,0,,,,0,0\n"
      "d,,predictions,*,,,,,,,,,,,skipped,no predicted mask in ./predictions,,,,,,,,,,,\n");
}

/* "*": means over the classes other than background, infinite where one is; IoU at the tolerance
 * of all of them pooled. */
static void
test_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *out = NULL;

  write_class_set(&folder);
  out = run_for_output(&folder, "evaluate . --format csv --metrics all --tolerance 2", 0);
  g_assert_true(g_str_has_prefix(out, HEADER ALL ",iou_tolerant,exact_match_tolerant\n"
                                                 "one,,predictions,background,2,1,0,5,0,"));
  assert_contains(out, "\none,,predictions,cat,3,1,1,3,0,0.6,0.75,0.75,0.75,0,ok,,"
                       "0.6,1,0.8499999999999996,0.25,0.25,1,,,,1,1\n"
                       "one,,predictions,dog,1,0,1,6,0,0.5,0.6666666666666666,1,0.5,0,ok,,"
                       "0.5,1,0.95,0.3333333333333333,0.25,1,,,,1,1\n"
                       "one,,predictions,*,4,1,2,,0,0.5714285714285714,0.7272727272727273,0.8,"
                       "0.6666666666666666,0,ok,,"
                       "0.55,1,0.8999999999999998,0.29166666666666663,0.25,1,,,,1,1\n");
  assert_contains(out, "\nthree,,predictions,cat,2,0,0,6,0,1,1,1,1,0,ok,,1,0,0,0,0,1,,,,1,0\n"
                       "three,,predictions,dog,0,1,0,7,0,0,0,0,0,0,ok,,"
                       "0,inf,inf,inf,inf,0,,,,0,0\n"
                       "three,,predictions,*,2,1,0,,0,0.6666666666666666,0.8,0.6666666666666666,1,"
                       "0,ok,,0.5,inf,inf,inf,inf,0.5,,,,0.6666666666666666,0\n");
  assert_contains(out, "\ntwo,,predictions,*,4,0,0,,0,1,1,1,1,1,ok,,1,0,0,0,0,1,,,,1,1\n");
}

/* Columns come in the table's order whatever the order of the names, and each once. */
static void
test_some(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *some = NULL;
  g_autofree char *tolerant = NULL;
  g_autofree char *plain = NULL;

  write_binary_set(&folder);
  some = run_for_output(&folder, "evaluate . --format csv --metrics hd95,boundary_iou,hd95", 3);
  g_assert_true(g_str_has_prefix(some, HEADER ",boundary_iou,hd95\na,"));
  assert_contains(some, "\nc,,predictions,foreground,0,1,0,7,0,0,0,0,0,0,ok,,0,inf\n");
  tolerant = run_for_output(&folder, "evaluate . --format csv --tolerance 0", 3);
  g_assert_true(g_str_has_prefix(tolerant, HEADER ",iou_tolerant,exact_match_tolerant\na,"));
  assert_contains(tolerant, ",1,0.75,0,ok,,0.75,0\n");
  plain = run_for_output(&folder, "evaluate . --format csv", 3);
  g_assert_true(g_str_has_prefix(plain, HEADER "\na,"));
}

static void
test_empty_rule(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *zero = NULL;
  g_autofree char *skip = NULL;

  write_binary_set(&folder);
  zero = run_for_output(&folder, "evaluate . --format csv --metrics all --empty zero", 3);
  assert_contains(zero, "\nb,,predictions,foreground,0,0,0,8,0,0,0,0,0,1,ok,,0,0,0,0,0,0,,,\n");
  skip = run_for_output(&folder, "evaluate . --format csv --metrics all --empty skip", 3);
  assert_contains(skip, "\nb,,predictions,foreground,0,0,0,8,0,,,,,1,ok,,,0,0,0,0,,,,\n");
}

/* One of two objects matches, at an IoU of 3/4: PQ 3/4 x 1 / (1 + 1/2). */
static void
test_objects(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *out = NULL;

  write_objects(&folder);
  out = run_for_output(&folder, "evaluate . --instances plain --format csv --metrics pq,sq,rq", 0);
  assert_contains(out, ",0,ok,,0.5,0.75,0.6666666666666666\n");
}

static void
test_jobs(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *one = NULL;
  g_autofree char *four = NULL;

  write_class_set(&folder);
  one = run_for_output(&folder, "evaluate . --format json --metrics all --tolerance 1 --jobs 1", 0);
  four =
      run_for_output(&folder, "evaluate . --format json --metrics all --tolerance 1 --jobs 4", 0);
  g_assert_cmpstr(one, ==, four);
}

/* ---- other formats ---- */

static void
test_json(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *out = NULL;

  write_binary_set(&folder);
  out = run_for_output(&folder, "evaluate . --format json --metrics hausdorff,pq --tolerance 2", 3);
  assert_contains(out, "\"hausdorff\": {\"mean\": 0.5, \"in_mean\": 2, \"infinite\": 1}");
  assert_contains(out, "\"pq\": {\"mean\": null, \"in_mean\": 0, \"infinite\": 0}");
  assert_contains(out, "\"measures\": {\"hausdorff\": \"inf\", \"pq\": null, \"no_segments\": "
                       "\"needs instance maps on both sides\"}");
  assert_contains(out, "\"tolerance\": {\"pixels\": 2, \"counts\": {\"tp\": 4, \"fp\": 0, "
                       "\"fn\": 0, \"tn\": 4, \"ignored\": 0}, \"iou\": 1, \"dice\": 1, "
                       "\"exact_match\": true}");
  assert_contains(out, "\"exact_match_ratio\": 0.6666666666666666, \"exact\": 2}");
}

static void
test_text(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *out = NULL;

  write_binary_set(&folder);
  out = run_for_output(&folder, "evaluate . --format text --metrics all --tolerance 3", 3);
  assert_contains(out, "\n  Hausdorff distance         0.500 px         2         1\n");
  assert_contains(out, "\n  Surface Dice at 3 px          0.667         3\n");
  assert_contains(out, "\n  Pooled IoU at 3 px            0.800         3\n");
  assert_contains(out, "needs instance maps on both sides");
  assert_contains(out, "in pixels of the image plane");
  assert_contains(out, "errors within 3 px of the actual edge are forgiven");
}

static void
test_compare(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  write_binary_set(&folder);
  csv = run_for_output(
      &folder, "compare actual/c.png predictions/c.png --format csv --metrics all --tolerance 1",
      0);
  g_assert_true(g_str_has_prefix(csv, HEADER ALL ",iou_tolerant,exact_match_tolerant\n"));
  g_assert_true(g_str_has_suffix(csv, ",ok,,0,inf,inf,inf,inf,0,,,,0,0\n"));
  json = run_for_output(&folder,
                        "compare actual/a.png predictions/a.png --format json --metrics masd", 0);
  assert_contains(json, "\"measures\": {\"masd\": 0.125}");
  g_assert_null(strstr(json, "\"pixels\""));
  text = run_for_output(
      &folder, "compare actual/c.png predictions/c.png --format text --metrics all --tolerance 1",
      0);
  assert_contains(text, "\n  Hausdorff distance    infinite  ");
  assert_contains(text, "\n  Exact match at 1 px         no");
}

/* ---- beside other options ---- */

static void
test_levels(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_class_set(&folder);
  assert_ends(&folder, "evaluate . --format csv --metrics all --fail-under iou.mean=0.5", 0, NULL);
  assert_ends(&folder, "evaluate . --format csv --tolerance 20 --fail-under exact=0.5", 4, "exact");
}

static void
test_locale(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_auto(TestFolder) locales = test_folder_new();
  g_auto(GStrv) environment = comma_environment(&locales);
  const char *formats[] = {"csv", "json", "text"};

  if (!environment) {
    g_test_skip("no locale with a decimal comma");
    return;
  }
  write_binary_set(&folder);
  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_autofree char *words =
        g_strdup_printf("evaluate . --metrics all --tolerance 2 --format %s", formats[i]);
    g_autofree char *line = g_strconcat(MASKSCOPE_PROGRAM, " ", words, NULL);
    g_auto(GStrv) argv = g_strsplit(line, " ", -1);
    g_autofree char *plain = run_for_output(&folder, words, 3);
    g_auto(Run) comma = run_arguments(&folder, (const char *const *)argv, environment);

    g_assert_cmpstr(comma.out, ==, plain);
  }
}

/* Twice the same with stored results, and as without them. */
static void
test_stored(void)
{
  static const char with[] = "--format csv --metrics all --tolerance 3";
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *cache = test_path(&folder, "cache");
  g_autofree char *set = g_test_build_filename(G_TEST_DIST, "..", "data", "lesions", NULL);
  g_autofree char *words = g_strdup_printf("evaluate %s %s", set, with);
  g_autofree char *without = g_strconcat(words, " --no-cache", NULL);
  g_autofree char *expected = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_setenv("MASKSCOPE_CACHE", cache, TRUE);
  expected = run_for_output(&folder, without, 0);
  first = run_for_output(&folder, words, 0);
  second = run_for_output(&folder, words, 0);
  g_unsetenv("MASKSCOPE_CACHE");
  g_assert_cmpstr(first, ==, expected);
  g_assert_cmpstr(second, ==, expected);
}

/* ---- refusals ---- */

static void
test_refusals(void)
{
  static const char range[] = "a whole number of pixels from 0 to 20";
  static const char *const tolerances[] = {"21", "-1", "1.5", "", "two", "+2"};
  g_auto(TestFolder) folder = test_folder_new();

  write_binary_set(&folder);
  for (guint i = 0; i < G_N_ELEMENTS(tolerances); i++) {
    g_autofree char *words = g_strdup_printf("evaluate . --tolerance=%s", tolerances[i]);

    assert_ends(&folder, words, 2, range);
  }
  assert_ends(&folder, "compare actual/a.png predictions/a.png --tolerance 21", 2, range);
  assert_ends(&folder, "evaluate . --metrics iou", 2,
              "out of boundary_iou, hausdorff, hd95, assd, masd, surface_dice, pq, sq, rq, "
              "separated by commas, or all; not 'iou'");
  assert_ends(&folder, "evaluate . --metrics hd95,", 2, "or all; not ''");
  assert_ends(&folder, "compare actual/a.png predictions/a.png --metrics HD95", 2, "not 'HD95'");
}

static void
test_labels(void)
{
  static const char actual[] = "id,labels\na,Happy;Fast\nb,Sad\n";
  g_auto(TestFolder) folder = test_folder_new();

  g_free(test_file(&folder, "actual.csv", actual, sizeof actual - 1));
  g_free(test_file(&folder, "pred.csv", actual, sizeof actual - 1));
  assert_ends(&folder, "evaluate --actual actual.csv --predicted pred.csv --metrics all", 2,
              "--metrics is for masks; these are label sets");
  assert_ends(&folder, "evaluate --actual actual.csv --predicted pred.csv --tolerance 2", 2,
              "--tolerance is for masks; these are label sets");
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/measures/binary", test_binary);
  g_test_add_func("/measures/classes", test_classes);
  g_test_add_func("/measures/some", test_some);
  g_test_add_func("/measures/empty-rule", test_empty_rule);
  g_test_add_func("/measures/objects", test_objects);
  g_test_add_func("/measures/jobs", test_jobs);
  g_test_add_func("/measures/json", test_json);
  g_test_add_func("/measures/text", test_text);
  g_test_add_func("/measures/compare", test_compare);
  g_test_add_func("/measures/levels", test_levels);
  g_test_add_func("/measures/locale", test_locale);
  g_test_add_func("/measures/stored", test_stored);
  g_test_add_func("/measures/refusals", test_refusals);
  g_test_add_func("/measures/labels", test_labels);
  return g_test_run();
}
