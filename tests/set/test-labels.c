/* SPDX-License-Identifier: MIT
 *
 * Label sets from one table that holds both sides.
 */
#include "label-set.h"

#include "set/columns.h"
#include "set/label-cell.h"

#define ACTUAL MS_LABEL_ACTUAL

/* --- cells and names ------------------------------------------------------------------------ */

static void
test_numbers(void)
{
  static const struct {
    const char *cell;
    double value;
  } numbers[] = {
      {"0", 0},
      {"1", 1},
      {"true", 1},
      {"FALSE", 0},
      {"1.0", 1},
      {"0.7110", 0.711},
      {".5", 0.5},
      {"2", 2},
      {"-0.25", -0.25},
      {"5e-1", 0.5},
      {" 0.5 ", 0.5},
      {"00.10", 0.1},
      {"0.1234567890123456789", 0.1234567890123456789},
  };
  static const char *const others[] = {"",    "abc", "nan", "inf", "-inf", "0x1",  "1e999",
                                       "0,5", ".",   "1 2", "NA",  "+",    "1.2.3"};
  double value;
  for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
    g_assert_true(ms_label_cell_number(numbers[i].cell, &value));
    g_assert_cmpfloat(value, ==, numbers[i].value);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    if (ms_label_cell_number(others[i], &value))
      g_error("\"%s\" is taken for a number", others[i]);
}

/* Few decimals are read without the C library, and must come out the same. */
static void
test_decimals(void)
{
  for (guint i = 0; i <= 100000; i += 7) {
    g_autofree char *cell = g_strdup_printf("0.%05u", i);
    double value;
    g_assert_true(ms_label_cell_number(cell, &value));
    g_assert_cmpfloat(value, ==, g_ascii_strtod(cell, NULL));
  }
}

static void
test_lists(void)
{
  const char *rest = ";; Happy ;Very fast;;\tSad";
  static const char *const expected[] = {"Happy", "Very fast", "Sad"};
  gsize length;
  for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
    const char *label = ms_label_cell_next(&rest, &length);
    g_autofree char *copy = g_strndup(label, length);
    g_assert_cmpstr(copy, ==, expected[i]);
  }
  g_assert_null(ms_label_cell_next(&rest, &length));
  rest = " ; ";
  g_assert_null(ms_label_cell_next(&rest, &length));
}

static void
test_names(void)
{
  const char *rest;
  g_assert_cmpint(ms_column_name_find(" Ground Truth ")->kind, ==, MS_COLUMN_ACTUAL);
  g_assert_true(ms_column_name_find("Labels")->weak);
  g_assert_null(ms_column_name_find("actual:Happy"));
  g_assert_cmpint(ms_column_name_find_head("Pred: a:b", &rest)->kind, ==, MS_COLUMN_PREDICTED);
  g_assert_cmpstr(rest, ==, " a:b");
  g_assert_cmpstr(ms_column_name_after("ground_truth_Happy", MS_COLUMN_ACTUAL), ==, "Happy");
  g_assert_cmpstr(ms_column_name_after("GT.Very fast", MS_COLUMN_ACTUAL), ==, "Very fast");
  g_assert_null(ms_column_name_after("label_Happy", MS_COLUMN_ACTUAL)); /* a weak name */
  g_assert_null(ms_column_name_after("gt_", MS_COLUMN_ACTUAL));
  g_assert_null(ms_column_name_after("gtHappy", MS_COLUMN_ACTUAL));
  g_assert_true(ms_cell_is_none(""));
  g_assert_true(ms_cell_is_none(" na "));
  g_assert_false(ms_cell_is_none("NAB"));
  g_assert_false(ms_cell_is_none(";"));
}

/* --- lists ---------------------------------------------------------------------------------- */

static void
test_list(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "songs.csv",
            "example,actual,predicted\n"
            "b,Happy; Fast ;Happy,Slow\n"
            "a,;,;\n"
            "c,Happy,\n"
            "d,NA,Sad\n"
            "e,Happy;,;Happy\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=songs.csv");
  assert_names(set, "Fast;Happy;Sad;Slow"); /* in byte order */
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 5);
  g_assert_cmpstr(ms_set_get_id(set, 0), ==, "a");
  assert_labels(set, "a", ACTUAL, ";");
  assert_labels(set, "a", 0, ";");
  assert_labels(set, "b", ACTUAL, "Fast;Happy");
  assert_labels(set, "b", 0, "Slow");
  assert_labels(set, "c", 0, "none");
  assert_labels(set, "d", ACTUAL, "none");
  assert_labels(set, "e", ACTUAL, "Happy");
  assert_labels(set, "e", 0, "Happy");
  assert_model(set, 0, "predicted", FALSE,
               "labels separated by ; in the column predicted: 4 labels that occur in the lists");
  g_assert_cmpstr(ms_set_get_actual_reading(set)->description, ==,
                  "labels separated by ; in the column actual: 4 labels that occur in the lists");
  g_assert_nonnull(
      strstr(ms_set_get_problem(set, label_example(set, "c"), 0), "no predicted labels in "));
  g_assert_nonnull(
      strstr(ms_set_get_problem(set, label_example(set, "d"), 0), "no actual labels in "));
  g_assert_null(ms_set_get_problem(set, label_example(set, "a"), 0));
  g_assert_cmpstr(ms_set_get_layout(set), ==, "label table");
  g_assert_cmpstr(ms_set_get_title(set), ==, "songs.csv");
  g_autofree char *path = test_path(&folder, "songs.csv");
  g_assert_cmpstr(ms_set_get_path(set), ==, path);
}

/* Every way a table is written says the same. */
static void
test_spellings(void)
{
  static const char *const texts[] = {
      "\xef\xbb\xbf"
      "ID,GT,Predicted:A,predicted: B model\r\n"
      "x,Happy;Fast,Happy,Slow;Happy\r\n\r\n"
      "y,;,Slow,NA\r\n",
      "id;truth;prediction:A;pred:B model\n"
      "x;\"Happy;Fast\";Happy;\"Slow;Happy\"\n"
      "y;\";\";\"Slow\";NA\n",
      "name\tlabels\tpredicted:A\tpredicted:B model\n"
      "x\tHappy;Fast\tHappy\tSlow;Happy\n"
      "y\t;\tSlow\t\n",
      "song,weight,actual,note,predicted:A,predicted:B model\n"
      "x,3,Happy;Fast,\"a, b\",Happy,Slow;Happy\n"
      "y,4,;,,Slow,NA\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    test_text(&folder, "t.csv", texts[i]);
    g_autoptr(MsSet) set = label_set_open(&folder, "manifest=t.csv");
    g_assert_cmpuint(ms_set_get_n_models(set), ==, 2);
    g_assert_cmpstr(ms_set_get_model_name(set, 0), ==, "A");
    g_assert_cmpstr(ms_set_get_model_name(set, 1), ==, "B model");
    assert_names(set, "Fast;Happy;Slow");
    assert_labels(set, "x", ACTUAL, "Fast;Happy");
    assert_labels(set, "x", 0, "Happy");
    assert_labels(set, "x", 1, "Happy;Slow");
    assert_labels(set, "y", ACTUAL, ";");
    assert_labels(set, "y", 0, "Slow");
    assert_labels(set, "y", 1, "none");
    g_assert_cmpint(has_notice(set, "song, is taken for the examples' ids"), ==, i == 3);
    g_assert_cmpint(has_notice(set, "Not read as labels, though it holds numbers: weight"), ==,
                    i == 3);
  }
}

static void
test_list_with_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "labels.csv", "example,actual,predicted\na,Happy;Fast,Slow\n");
  test_text(&folder, "classes.txt", "Slow\nSad\nHappy\nFast\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=labels.csv");
  assert_names(set, "Slow;Sad;Happy;Fast");
  assert_labels(set, "a", ACTUAL, "Happy;Fast");
  assert_model(set, 0, "predicted", FALSE,
               "labels separated by ; in the column predicted: 4 labels");
  assert_no_notice(set);
}

/* Image, split and group are columns as in a manifest. */
/* Labels that look like paths. */
static void
test_odd_labels(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "t.csv", "id,actual,predicted\na,R&B/Soul,drums.etc\nb,R&B/Soul;Pop,Pop\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=t.csv");
  assert_names(set, "Pop;R&B/Soul;drums.etc");
}

static void
test_other_columns(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "t.csv",
            "image,actual,predicted,split,group\n"
            "covers/one.jpg,Happy,Happy,train,album\n"
            "/abs/two.jpg,Sad,Happy,validation,\n"
            "three.png,Sad;Happy,Happy,NA,\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=t.csv");
  g_autoptr(MsExample) one = ms_set_dup_example(set, label_example(set, "one"));
  g_autofree char *image = test_path(&folder, "covers/one.jpg");
  g_assert_cmpstr(ms_example_get_image(one), ==, image);
  g_assert_cmpstr(ms_example_get_split(one), ==, "train");
  g_assert_cmpstr(ms_example_get_group(one), ==, "album");
  g_assert_cmpstr(label_image(set, "two"), ==, "/abs/two.jpg");
  g_assert_cmpstr(ms_set_get_splits(set)[1], ==, "validation");
  g_assert_null(ms_set_get_split(set, label_example(set, "three")));
  assert_no_notice(set);
  g_autoptr(MsSet) part = label_set_open(&folder, "set=t.csv split=val");
  g_assert_cmpuint(ms_set_get_n_examples(part), ==, 1);
  assert_labels(part, "two", ACTUAL, "Sad");
}

static void
test_without_ids(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GString) text = g_string_new("actual,predicted\n");
  for (guint i = 0; i < 12; i++)
    g_string_append(text, i == 7 ? "Sad;Slow,Sad\n" : "Happy,Sad\n");
  test_text(&folder, "t.csv", text->str);
  g_autoptr(MsSet) set = label_set_open(&folder, "set=t.csv");
  assert_labels(set, "row 07", ACTUAL, "Sad;Slow");
  assert_notice(set, "called by the numbers of their rows, from 0");
}

/* A row of nothing but separators, as spreadsheets leave them. */
static void
test_blank_rows(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "t.csv", "example,actual,predicted\na,Happy;Fast,Happy\n,,\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=t.csv");
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 1);
  assert_notice(set, "line 3: names nothing; left out");
  test_text(&folder, "u.csv", "example,actual,predicted\n,,\na,Happy;Fast,Happy\n,NA,\n");
  g_autoptr(MsSet) two = label_set_open(&folder, "set=u.csv");
  g_assert_cmpuint(ms_set_get_n_examples(two), ==, 1);
  assert_notice(two, "u.csv: 2 lines name nothing, the first is line 2; left out");
}

/* Labels that are numbers are still labels. */
static void
test_numbered_labels(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "t.csv", "id,actual,predicted:A\na,0;1,1\nb,1,0;7\nc,0,0\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=t.csv");
  assert_names(set, "0;1;7");
  assert_labels(set, "a", ACTUAL, "0;1");
  assert_labels(set, "b", 0, "0;7");
  test_text(&folder, "u.csv", "id,labels\na,0;1\nb,1\nc,0\n");
  test_text(&folder, "v.csv", "id,predicted\na,1\nb,1;0\nc,0\n");
  g_autoptr(MsSet) two = label_set_open(&folder, "actual=u.csv predicted=v.csv");
  assert_names(two, "0;1");
  assert_labels(two, "b", 0, "0;1");
}

/* --- a column a label ----------------------------------------------------------------------- */

static void
assert_columns(const char *text, const char *model)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "t.csv", text);
  g_autoptr(MsSet) set = label_set_open(&folder, "set=t.csv");
  g_assert_cmpuint(ms_set_get_n_models(set), ==, 1);
  assert_model(set, 0, model, FALSE, "one column a label, 0 or 1: 2 labels");
  assert_names(set, "Happy;Very fast");
  assert_labels(set, "a", ACTUAL, "Happy");
  assert_labels(set, "a", 0, "Happy;Very fast");
  assert_labels(set, "b", ACTUAL, ";");
  assert_labels(set, "b", 0, "none");
  g_assert_false(has_notice(set, "Not read as labels"));
}

static void
test_columns(void)
{
  assert_columns("example,actual:Happy,actual:Very fast,predicted:Happy,predicted:Very fast\n"
                 "a,1,0,1,1\nb,0,0,,NA\n",
                 "predicted");
  assert_columns("example,actual:Happy,predicted:Happy,actual:Very fast,predicted:Very fast\n"
                 "a,true,TRUE,false,1.0\nb,0,,0,\n",
                 "predicted");
  assert_columns("id;gt_Happy;gt_Very fast;pred_Very fast;pred_Happy\na;1;0;1;1\nb;0;0;;\n",
                 "pred");
  assert_columns("id,truth.Happy,truth.Very fast,pred.Happy,pred.Very fast\n"
                 "a,1,0,1,1\nb,0,0,,\n",
                 "pred");
  assert_columns(
      "id,actual:Happy,actual:Very fast,predicted:u:net:Happy,predicted:u:net:Very fast\n"
      "a,1,0,1,1\nb,0,0,,\n",
      "u:net");
  assert_columns("id,gt_Happy,gt_Very fast,pred_u_net_Happy,pred_u_net_Very fast\n"
                 "a,1,0,1,1\nb,0,0,,\n",
                 "u_net");
}

/* Scores of one model, yes or no of another, lists of a third. */
static void
test_mixed_models(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "t.csv",
            "example,actual:Happy,actual:Sad,predicted:A:Happy,predicted:A:Sad,predicted:B:Happy,"
            "predicted:B:Sad,predicted:C,tempo\n"
            "a,1,0,0.9,0.5,0,1,Happy;Sad,120\n"
            "b,0,1,0.25,0.75,1,1,;,90\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=t.csv");
  assert_model(set, 0, "A", TRUE, "one column a label, scores from 0 to 1: 2 labels");
  assert_model(set, 1, "B", FALSE, "one column a label, 0 or 1: 2 labels");
  assert_model(set, 2, "C", FALSE, "labels separated by ; in the column predicted:C: 2 labels");
  assert_labels(set, "a", 0, "Happy"); /* 0.5 is not above 0.5 */
  assert_labels(set, "b", 0, "Sad");
  assert_labels(set, "a", 1, "Sad");
  assert_labels(set, "b", 2, ";");
  assert_notice(set, "tempo");
  g_autoptr(MsSet) low = label_set_open(&folder, "set=t.csv threshold=0.2");
  assert_model(low, 1, "B", TRUE, "one column a label, scores from 0 to 1: 2 labels");
  assert_model(low, 2, "C", FALSE, "labels separated by ; in the column predicted:C: 2 labels");
  assert_labels(low, "b", 0, "Happy;Sad");
  assert_labels(low, "a", 1, "Sad");
  g_autoptr(MsSet) one = label_set_open(&folder, "set=t.csv model=B");
  g_assert_cmpuint(ms_set_get_n_models(one), ==, 1);
  assert_labels(one, "b", 0, "Happy;Sad");
}

/* Lists of actual labels beside columns of scores. */
static void
test_list_and_columns(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "t.csv",
            "id,labels,pred_Happy,pred_Sad\na,Happy;Sad,0.75,0.5\nb,;,0.1,0.2\nc,Sad,0.3,0.9\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=t.csv");
  assert_names(set, "Happy;Sad");
  assert_labels(set, "a", ACTUAL, "Happy;Sad");
  assert_labels(set, "a", 0, "Happy");
  assert_labels(set, "c", 0, "Sad");
}

/* A class table says which columns are labels, and in which order. */
static void
test_columns_with_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "t.csv",
            "id,actual:Happy,actual:Sad,actual:year,predicted:Happy,predicted:Sad,predicted:risk\n"
            "a,1,0,1999,1,1,0.5\n");
  test_text(&folder, "names.txt", "Sad\nHappy\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=t.csv classes=names.txt");
  assert_names(set, "Sad;Happy");
  assert_labels(set, "a", ACTUAL, "Happy");
  assert_labels(set, "a", 0, "Sad;Happy");
  assert_model(set, 0, "predicted", FALSE, "one column a label, 0 or 1: 2 labels");
  assert_notice(set, "Not read as labels, though they hold numbers: actual:year, predicted:risk");
}

static void
test_ignored(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "t.csv", "id,actual,predicted\na,Happy;Fast,Happy;Slow\n");
  g_autoptr(MsOptions) options = label_options(&folder, "set=t.csv");
  g_assert_true(ms_options_set_ignore(options, "--ignore", "0,2", NULL));
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  MsRuleset *rules = ms_set_get_rules(set, 0);
  g_autoptr(GArray) marks = ms_label_data_marks(ms_set_get_labels(set), 0, 0, rules);
  g_assert_cmpint(g_array_index(marks, MsLabelMark, 0).kind, ==, MS_KIND_IGNORED);
  g_assert_cmpint(g_array_index(marks, MsLabelMark, 1).kind, ==, MS_KIND_TP);
  g_assert_cmpint(g_array_index(marks, MsLabelMark, 2).kind, ==, MS_KIND_IGNORED);
  g_assert_true(ms_options_set_ignore(options, "--ignore", "3", NULL));
  g_assert_null(ms_set_open(options, NULL, NULL, NULL, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
  g_assert_nonnull(strstr(error->message, "the set has 3, from 0 (Fast) to 2 (Slow)"));
}

/* Tables of masks stay what they are. */
static void
test_masks(void)
{
  static const char *const texts[] = {
      "id,mask,pred,score\na,m/a.png,p/a.png,0.5\n",
      "id,mask,pred\na,a.npy,b.npy\n",
      "id,mask,predicted:A\na,,m/a\n",
      "id,mask,pred,mask_area,pred_score\na,a.png,b.png,1,0\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    test_text(&folder, "t.csv", texts[i]);
    g_autoptr(MsOptions) options = label_options(&folder, "set=t.csv");
    g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, NULL);
    g_assert_true(!set || !ms_set_get_labels(set));
  }
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/labels/numbers", test_numbers);
  g_test_add_func("/labels/decimals", test_decimals);
  g_test_add_func("/labels/lists", test_lists);
  g_test_add_func("/labels/names", test_names);
  g_test_add_func("/labels/list", test_list);
  g_test_add_func("/labels/spellings", test_spellings);
  g_test_add_func("/labels/list-with-classes", test_list_with_classes);
  g_test_add_func("/labels/odd-labels", test_odd_labels);
  g_test_add_func("/labels/other-columns", test_other_columns);
  g_test_add_func("/labels/without-ids", test_without_ids);
  g_test_add_func("/labels/blank-rows", test_blank_rows);
  g_test_add_func("/labels/numbered-labels", test_numbered_labels);
  g_test_add_func("/labels/columns", test_columns);
  g_test_add_func("/labels/mixed-models", test_mixed_models);
  g_test_add_func("/labels/list-and-columns", test_list_and_columns);
  g_test_add_func("/labels/columns-with-classes", test_columns_with_classes);
  g_test_add_func("/labels/ignored", test_ignored);
  g_test_add_func("/labels/masks", test_masks);
  return g_test_run();
}
