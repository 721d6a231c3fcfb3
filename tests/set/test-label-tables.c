/* SPDX-License-Identifier: MIT
 *
 * Label sets from a table a side: two tables, arrays, .maskset files, folders.
 */
#include "io/file.h"
#include "io/table.h"
#include "label-set.h"
#include "set/evaluation.h"
#include "support/data.h"
#include "support/totals.h"

#define ACTUAL MS_LABEL_ACTUAL

static const char actual_text[] = "id,Happy,Sad,Fast\ns1,1,0,1\ns2,0,1,0\ns3,0,0,0\n";
static const char yes_text[] = "id,Happy,Sad,Fast\ns1,1,0,0\ns2,0,1,0\ns3,0,0,1\n";
/* Another order of rows and of columns. */
static const char scores_text[] = "id,Fast,Happy,Sad\ns3,0.5,0.25,0\ns2,0.1,0.2,0.9\ns1,0.6,1,0\n";

/* --- two tables ----------------------------------------------------------------------------- */

static void
test_columns(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "actual.csv", actual_text);
  test_text(&folder, "yes.csv", yes_text);
  test_text(&folder, "soft.tsv", scores_text);
  g_autoptr(MsSet) set =
      label_set_open(&folder, "actual=actual.csv predicted=yes.csv predicted=B=soft.tsv");
  assert_names(set, "Happy;Sad;Fast");
  assert_model(set, 0, "yes", FALSE, "one column a label, 0 or 1: 3 labels");
  assert_model(set, 1, "B", TRUE, "one column a label, scores from 0 to 1: 3 labels");
  assert_labels(set, "s1", ACTUAL, "Happy;Fast");
  assert_labels(set, "s3", ACTUAL, ";");
  assert_labels(set, "s3", 0, "Fast");
  assert_labels(set, "s1", 1, "Happy;Fast");
  assert_labels(set, "s2", 1, "Sad");
  assert_labels(set, "s3", 1, ";");
  assert_no_notice(set);
  g_assert_cmpstr(ms_set_get_layout(set), ==, "label tables");
  g_autofree char *title = g_path_get_basename(folder.path);
  g_assert_cmpstr(ms_set_get_title(set), ==, title);
  g_assert_null(ms_set_get_path(set));
  g_autoptr(MsSet) low = label_set_open(
      &folder, "actual=actual.csv predicted=yes.csv predicted=soft.tsv threshold=0.1");
  assert_model(low, 0, "yes", TRUE, "one column a label, scores from 0 to 1: 3 labels");
  assert_labels(low, "s3", 1, "Happy;Fast");
  assert_labels(low, "s2", 1, "Happy;Sad"); /* 0.1 is not above 0.1 */
}

/* The rows of all tables are examples. */
static void
test_missing_rows(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "actual.csv", "id,Happy,Sad\na,1,0\nb,NA,\nc,0,1\n");
  test_text(&folder, "one.csv", "id,Happy,Sad\nz,1,0\nc,1,1\nb,1,1\n");
  test_text(&folder, "two.csv", "id,Happy,Sad\na,1,1\ny,0,0\n");
  g_autoptr(MsSet) set =
      label_set_open(&folder, "actual=actual.csv predicted=one.csv predicted=two.csv");
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 5);
  g_assert_nonnull(strstr(ms_set_get_problem(set, label_example(set, "a"), 0), "one.csv"));
  g_assert_null(ms_set_get_problem(set, label_example(set, "a"), 1));
  g_assert_nonnull(strstr(ms_set_get_problem(set, label_example(set, "b"), 0), "no actual labels"));
  g_assert_nonnull(strstr(ms_set_get_problem(set, label_example(set, "c"), 1), "two.csv"));
  g_assert_nonnull(strstr(ms_set_get_problem(set, label_example(set, "y"), 0), "no actual labels"));
  assert_labels(set, "z", ACTUAL, "none");
  assert_labels(set, "z", 0, "Happy");
  assert_notice(set, "3 examples have no actual labels in");
  g_autoptr(MsSet) one =
      label_set_open(&folder, "actual=actual.csv predicted=one.csv predicted=two.csv model=one");
  g_assert_cmpuint(ms_set_get_n_examples(one), ==, 4); /* y is nobody's */
  assert_labels(one, "c", 0, "Happy;Sad");
}

static void
test_lists(void)
{
  static const struct {
    const char *actual, *predicted;
  } cases[] = {
      {"example,labels\na,Happy;Sad\nb,;\n", "example,predicted\nb,Sad\na,Happy\n"},
      {"example,label,year\na,Happy;Sad,1999\nb,;,2000\n", "id,tags\nb,Sad\na,Happy\n"},
      {"id;actual\na;\"Happy;Sad\"\nb;\";\"\n", "id;labels;score\nb;Sad;0.5\na;Happy;0.75\n"},
      {"id,actual,predicted\na,Happy;Sad,x\nb,;,y\n", "id,actual,predicted\nb,x,Sad\na,y,Happy\n"},
      {"id,Happy,Sad\na,1,1\nb,0,0\n", "id,predicted\nb,Sad\na,Happy\n"},
      {"id,labels\na,Happy;Sad\nb,;\n", "id,Happy,Sad\nb,0.5,0.75\na,0.75,0.25\n"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(TestFolder) folder = test_folder_new();
    test_text(&folder, "a.csv", cases[i].actual);
    test_text(&folder, "b.csv", cases[i].predicted);
    g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=b.csv");
    assert_names(set, "Happy;Sad");
    assert_labels(set, "a", ACTUAL, "Happy;Sad");
    assert_labels(set, "b", ACTUAL, ";");
    assert_labels(set, "a", 0, "Happy");
    assert_labels(set, "b", 0, "Sad");
    g_assert_cmpint(has_notice(set, "Not read as labels, though it holds numbers"), ==,
                    i == 1 || i == 2);
  }
}

/* What names the examples when no column says so. */
static void
test_ids(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", "song,Happy,Sad\none,1,0\ntwo,0,1\n");
  test_text(&folder, "b.csv", "id,Happy,Sad\ntwo,1,0\none,0,1\n");
  test_text(&folder, "f.csv", "file,Happy,Sad\ntwo,1,0\none,0,1\n");
  test_text(&folder, "c.csv", "image,Happy,Sad,split\np/one.jpg,1,0,val\np/two.jpg,0,1,val\n");
  g_autoptr(MsSet) first = label_set_open(&folder, "actual=a.csv predicted=b.csv");
  assert_labels(first, "one", 0, "Sad");
  assert_notice(first, "The first column, song, is taken for the examples' ids");
  g_autoptr(MsSet) file = label_set_open(&folder, "actual=f.csv predicted=b.csv");
  assert_labels(file, "one", ACTUAL, "Sad");
  assert_notice(file, "The first column, file, is taken for the examples' ids");
  g_autoptr(MsSet) image = label_set_open(&folder, "actual=c.csv predicted=b.csv");
  assert_labels(image, "one", 0, "Sad");
  g_assert_cmpstr(ms_set_get_split(image, label_example(image, "two")), ==, "val");
  g_autofree char *path = test_path(&folder, "p/one.jpg");
  g_assert_cmpstr(label_image(image, "one"), ==, path);
  assert_no_notice(image);
}

/* Without a class table, columns are labels by what they hold. */
static void
test_other_columns(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv",
            "id,artist,Happy,year,Sad,fold,tempo\na,x,1,1999,0,1,90.5\nb,y,0,2000,1,2,120\n");
  test_text(&folder, "b.csv", "id,Sad,Happy,loss\na,0,1,2.5\nb,1,0,3.5\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=b.csv");
  assert_names(set, "Happy;Sad");
  assert_notice(set, "Not read as labels, though they hold numbers: year, tempo");
  assert_notice(set, "Not read as labels, though it holds numbers: loss");
  g_assert_cmpstr(ms_set_get_split(set, label_example(set, "a")), ==, "1");
  /* A class table: those and no others, in its order. */
  test_text(&folder, "mine.txt", "Sad\n");
  g_autoptr(MsSet) one = label_set_open(&folder, "actual=a.csv predicted=b.csv classes=mine.txt");
  assert_names(one, "Sad");
  assert_labels(one, "b", ACTUAL, "Sad");
  assert_notice(one, "Not read as labels, though they hold numbers: Happy, year, tempo");
  test_text(&folder, "classes.csv", "id,name\n7,Happy\n3,Sad\n");
  g_autoptr(MsSet) found = label_set_open(&folder, "actual=a.csv predicted=b.csv");
  assert_names(found, "Sad;Happy");
}

static void
test_splits(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", actual_text);
  test_text(&folder, "b.csv", yes_text);
  test_text(&folder, "s.csv", "id,split,group\ns1,train,x\ns2,val,y\ns3,val,y\n");
  g_autoptr(MsSet) set =
      label_set_open(&folder, "actual=a.csv predicted=b.csv splits=s.csv split=val");
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 2);
  assert_labels(set, "s3", 0, "Fast");
  g_assert_cmpstr(ms_set_get_group(set, label_example(set, "s2")), ==, "y");
  test_text(&folder, "f.csv", "File,Subset\ns1.png,train\n");
  g_autoptr(MsSet) files = label_set_open(&folder, "actual=a.csv predicted=b.csv splits=f.csv");
  g_assert_cmpstr(ms_set_get_split(files, label_example(files, "s1")), ==, "train");
}

/* Of each example, what the first table says that says anything. */
static void
test_second_table(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", "id,Happy,split\ns1,1,train\ns2,0,\ns3,1,val\n");
  test_text(&folder, "t/b.csv",
            "id,Happy,split,patient,image\ns1,1,train,p,s1.png\ns2,1,val,q,NA\ns4,0,test,,x.png\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=t/b.csv");
  g_assert_cmpstr(ms_set_get_split(set, label_example(set, "s1")), ==, "train");
  g_assert_cmpstr(ms_set_get_split(set, label_example(set, "s2")), ==, "val");
  g_assert_cmpstr(ms_set_get_split(set, label_example(set, "s3")), ==, "val");
  g_assert_cmpstr(ms_set_get_split(set, label_example(set, "s4")), ==, "test");
  g_assert_cmpstr(ms_set_get_group(set, label_example(set, "s1")), ==, "p");
  g_assert_null(ms_set_get_group(set, label_example(set, "s4")));
  g_autofree char *path = test_path(&folder, "t/s1.png");
  g_assert_cmpstr(label_image(set, "s1"), ==, path);
  g_assert_null(label_image(set, "s2"));
}

/* Columns that are called like others but are not needed for what those say. */
static void
test_spare_columns(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", "id,Happy,split,fold\ns1,1,train,3\ns2,0,val,4\n");
  test_text(&folder, "b.csv", "id,Happy\ns1,1\ns2,1\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=b.csv");
  assert_notice(set, "Not read as labels, though it holds numbers: fold");
}

/* Images that name the examples need only be called the same, and so need copies of one table. */
static void
test_images_twice(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", "image,Happy\ni/s1.png,1\n");
  test_text(&folder, "b.csv", "image,Happy\ns1.png,1\n");
  test_text(&folder, "c.csv", "id,image,Happy\ns1,i/s1.png,1\n");
  test_text(&folder, "t/c.csv", "id,image,Happy\ns1,i/s1.png,1\n");
  test_text(&folder, "t/d.csv", "id,image,Happy\ns1,../i/s1.png,1\n");
  g_autofree char *path = test_path(&folder, "i/s1.png");
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=b.csv");
  g_assert_cmpstr(label_image(set, "s1"), ==, path);
  g_autoptr(MsSet) copies =
      label_set_open(&folder, "actual=c.csv predicted=t/c.csv predicted=t/d.csv");
  g_assert_cmpstr(label_image(copies, "s1"), ==, path);
}

/* What is read in another way than was perhaps meant. */
static void
test_odd_cells(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", "id,labels\ns1,Slow\ns2,\"Happy,Fast\"\ns3,Sad|Slow;Sad\n");
  test_text(&folder, "b.csv", "id,predicted\ns1,Slow;Sad;Slow\ns2,Sad;Sad;Sad\ns3,Sad\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=b.csv");
  assert_names(set, "Happy,Fast;Sad;Sad|Slow;Slow");
  assert_notice(set, "a.csv, line 3: \"Happy,Fast\" is read as one label; labels are separated by "
                     "; (2 such labels in all)");
  assert_notice(set, "b.csv, line 2: the label Slow stands twice in a cell; counted once (3 such "
                     "labels in all)");
  assert_labels(set, "s2", 0, "Sad");
  g_assert_cmpuint(ms_set_get_notices(set)->len, ==, 2);
  /* A class table that has such labels means them. */
  test_text(&folder, "c.txt", "Slow\nSad\nHappy,Fast\nSad|Slow\n");
  g_autoptr(MsSet) named = label_set_open(&folder, "actual=a.csv predicted=b.csv classes=c.txt");
  g_assert_cmpuint(ms_set_get_notices(named)->len, ==, 1);
}

static void
assert_image(const TestFolder *folder, MsSet *set, const char *id, const char *name)
{
  g_autofree char *path = name ? test_path(folder, name) : NULL;
  g_assert_cmpstr(label_image(set, id), ==, path);
}

static void
test_images(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv",
            "id,image,Happy\ns1,,1\ns2.png,,0\nx/s3,,0\ns4,,1\ns5,own.png,1\nS6,,1\n");
  test_text(&folder, "b.csv", "id,Happy\ns1,1\n");
  test_touch(&folder, "i/s1.jpg i/s2.png i/x/s3.png i/s4.png i/s4.jpg i/s5.png i/s6.png");
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=b.csv images=i");
  assert_image(&folder, set, "s1", "i/s1.jpg");
  assert_image(&folder, set, "s2.png", "i/s2.png");
  assert_image(&folder, set, "x/s3", "i/x/s3.png");
  assert_image(&folder, set, "s4", NULL);
  assert_image(&folder, set, "s5", "own.png");
  assert_image(&folder, set, "S6", NULL);
  assert_notice(set,
                "More than one image fits the id of 1 example, the first is s4: none is taken");
  assert_notice(set, "1 image has here the id of no example");
  g_autoptr(MsSet) pattern =
      label_set_open(&folder, "actual=a.csv predicted=b.csv images=i/{id}.jpg");
  assert_image(&folder, pattern, "s1", "i/s1.jpg");
  assert_image(&folder, pattern, "s4", "i/s4.jpg");
}

/* --- arrays --------------------------------------------------------------------------------- */

static void
write_shape(const TestFolder *folder, const char *name, const char *type, const char *shape,
            const void *data, gsize size)
{
  g_autoptr(GString) text = g_string_new(NULL);
  g_autofree char *header =
      g_strdup_printf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", type, shape);
  g_string_append_len(text, "\x93NUMPY\x01\x00", 8);
  g_string_append_c(text, 118);
  g_string_append_c(text, 0);
  g_string_append_printf(text, "%-117s\n", header);
  g_string_append_len(text, data, (gssize)size);
  g_free(test_file(folder, name, text->str, text->len));
}

static void
write_array(const TestFolder *folder, const char *name, const char *type, guint n_rows,
            guint n_columns, const void *data, gsize size)
{
  g_autofree char *shape = g_strdup_printf("(%u, %u)", n_rows, n_columns);
  write_shape(folder, name, type, shape, data, size);
}

static void
write_floats(const TestFolder *folder, const char *name, guint n_rows, guint n_columns,
             const float *values)
{
  write_array(folder, name, G_BYTE_ORDER == G_LITTLE_ENDIAN ? "<f4" : ">f4", n_rows, n_columns,
              values, sizeof(float) * n_rows * n_columns);
}

static const guint8 yes_array[] = {1, 0, 1, 0, 1, 0, 0, 0, 0};
static const float score_array[] = {0.75f, 0.1f, 0.9f, 0.3f, 0.6f, 0.7f, 0, 1, 0.7f};

static void
test_arrays(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_array(&folder, "a.npy", "|u1", 3, 3, yes_array, sizeof yes_array);
  write_array(&folder, "t.npy", "|b1", 3, 3, yes_array, sizeof yes_array);
  write_floats(&folder, "p.npy", 3, 3, score_array);
  test_text(&folder, "names.txt", "Happy\nSad\nFast\n");
  g_autoptr(MsSet) set =
      label_set_open(&folder, "actual=a.npy predicted=p.npy predicted=t.npy classes=names.txt");
  assert_names(set, "Happy;Sad;Fast");
  assert_model(set, 0, "p", TRUE, "float32 array 3 x 3, scores");
  assert_model(set, 1, "t", FALSE, "bool array 3 x 3, 0 or 1");
  g_assert_cmpstr(ms_set_get_actual_reading(set)->description, ==, "uint8 array 3 x 3, 0 or 1");
  g_assert_false(ms_set_get_predicted_reading(set, 0)->guessed);
  assert_labels(set, "row 0", ACTUAL, "Happy;Fast");
  assert_labels(set, "row 2", ACTUAL, ";");
  assert_labels(set, "row 1", 0, "Sad;Fast");
  assert_labels(set, "row 0", 1, "Happy;Fast");
  assert_notice(set, "called by the numbers of their rows, from 0");
  g_autoptr(MsSet) nameless = label_set_open(&folder, "actual=a.npy predicted=p.npy");
  assert_names(nameless, "0;1;2");
  assert_notice(nameless, "Nothing names its labels: they are called by the numbers of their "
                          "columns, from 0; --classes FILE names them");
}

/* 0.6 as a 32-bit float is more than 0.6, and yet not above a threshold of 0.6. */
static void
test_single(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_array(&folder, "a.npy", "|u1", 3, 3, yes_array, sizeof yes_array);
  write_floats(&folder, "p.npy", 3, 3, score_array);
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.npy predicted=p.npy threshold=0.6");
  assert_labels(set, "row 1", 0, "2");
  g_autoptr(MsSet) below = label_set_open(&folder, "actual=a.npy predicted=p.npy threshold=0.59");
  assert_labels(below, "row 1", 0, "1;2");
}

/* 0.3 as a half float is more than 0.3, but not more than the same rounded. */
static void
test_half(void)
{
  static const guint16 halves[] = {0x34cd, 0x34ce, 0x3c00, 0x0001, 0x0400, 0x0000};
  g_auto(TestFolder) folder = test_folder_new();
  write_array(&folder, "a.npy", "|u1", 2, 3, "\1\0\0\0\0\1", 6);
  write_array(&folder, "p.npy", G_BYTE_ORDER == G_LITTLE_ENDIAN ? "<f2" : ">f2", 2, 3, halves,
              sizeof halves);
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.npy predicted=p.npy threshold=0.3");
  assert_labels(set, "row 0", 0, "1;2");
  assert_labels(set, "row 1", 0, ";");
  g_autoptr(MsSet) low = label_set_open(&folder, "actual=a.npy predicted=p.npy threshold=0.00006");
  assert_labels(low, "row 1", 0, "1");
}

/* --- columns called like known ones ---------------------------------------------------------- */

static void
open_pair(const char *actual, const char *predicted, const char *expected, const char *notice)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", actual);
  test_text(&folder, "b.csv", predicted);
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=b.csv");
  assert_names(set, expected);
  if (notice)
    assert_notice(set, notice);
  else
    assert_no_notice(set);
}

static void
test_known_names(void)
{
  static const char *const names[] = {"photo",  "picture",    "img",   "image", "images", "input",
                                      "volume", "image_path", "video", "group", "set",    "patient",
                                      "fold",   "subset",     "split", "case",  "key",    "name",
                                      "file",   "image_id",   "Photo", "Image"};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *actual = g_strdup_printf("id,Happy,%s\na,1,0\nb,0,1\nc,1,1\n", names[i]);
    g_autofree char *predicted = g_strdup_printf("id,%s,Happy\nc,0,1\na,0,1\nb,0,0\n", names[i]);
    g_autofree char *labels = g_strdup_printf("Happy;%s", names[i]);
    g_autofree char *notice = g_strdup_printf(
        "The column %s is read as a label; name the labels with --classes if it is none", names[i]);
    g_auto(TestFolder) folder = test_folder_new();
    open_pair(actual, predicted, labels, notice);
    test_text(&folder, "a.csv", actual);
    test_text(&folder, "b.csv", predicted);
    g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=b.csv");
    assert_labels(set, "b", ACTUAL, names[i]);
    assert_labels(set, "b", 0, ";");
    g_assert_null(label_image(set, "b"));
    g_assert_null(ms_set_get_split(set, label_example(set, "b")));
    g_assert_null(ms_set_get_group(set, label_example(set, "b")));
  }
}

static void
test_known_names_in_doubt(void)
{
  /* Both mean the same, but one is a label. */
  open_pair("id,Happy,photo,image\na,1,0,a.png\nb,0,1,b.png\n",
            "id,Happy,photo\na,1,0.5\nb,0,0.25\n", "Happy;photo", "The column photo is read");
  open_pair("id,photo\na,true\nb,false\n", "id,photo\na,1\nb,0\n", "photo",
            "The column photo is read");
  /* The other side has no columns. */
  open_pair("id,Happy,video\na,1,0\nb,0,1\n", "id,predicted\na,Happy\nb,video\n", "Happy;video",
            "The column video is read");
  /* In one table alone. */
  open_pair("id,Happy,group\na,1,0\nb,0,1\n", "id,Happy\na,1\nb,0\n", "Happy",
            "The column group is taken for groups; name the labels with --classes if it is one");
  open_pair("id,Happy\na,1\nb,0\n", "id,Happy,split\na,1,1\nb,0,0\n", "Happy",
            "The column split is taken for splits; name the labels with --classes if it is one");
  /* Words and other numbers are what they were. */
  open_pair("id,Happy,split,patient\na,1,train,7\nb,0,val,8\n",
            "id,Happy,split,patient\na,1,train,7\nb,0,val,8\n", "Happy", NULL);
  open_pair("id,labels,fold\na,x;y,0\nb,y,1\n", "id,labels,fold\na,x,0\nb,y,1\n", "x;y", NULL);
}

static void
test_known_names_with_classes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", "id,Happy,photo,group\na,1,0,1\nb,0,1,0\n");
  test_text(&folder, "b.csv", "id,Happy,photo,group\na,1,0,1\nb,0,1,0\n");
  test_text(&folder, "mine.txt", "Happy\nphoto\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=b.csv classes=mine.txt");
  assert_names(set, "Happy;photo");
  g_assert_null(label_image(set, "a"));
  g_assert_cmpstr(ms_set_get_group(set, label_example(set, "a")), ==, "1");
}

static void
test_texts_in_both(void)
{
  open_pair("id,Happy,y\na,1,yes\nb,0,no\n", "id,Happy,y\na,1,no\nb,0,no\n", "Happy",
            "The column y stands in both tables and holds no numbers: not read as labels");
  open_pair("id,Happy,y,z\na,1,yes,q\nb,0,no,q\n", "id,Happy,z,y\na,1,no,q\nb,0,no,q\n", "Happy",
            "The columns y, z stand in both tables and hold no numbers: not read as labels");
  open_pair("id,Happy,y\na,1,yes\nb,0,no\n", "id,Happy\na,1\nb,0\n", "Happy", NULL);
}

static void
test_image_with_dot(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", "id,image,Happy\ns1,./i/s1.png,1\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=a.csv");
  g_autofree char *path = test_path(&folder, "i/s1.png");
  g_assert_cmpstr(label_image(set, "s1"), ==, path);
}

static void
test_array_beside_table(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", "id,Happy,Sad,Fast\ns9,1,0,1\ns1,0,1,0\ns5,0,0,0\n");
  write_floats(&folder, "p.npy", 3, 3, score_array);
  g_autoptr(MsSet) set = label_set_open(&folder, "actual=a.csv predicted=p.npy");
  assert_names(set, "Happy;Sad;Fast");
  assert_labels(set, "s9", 0, "Happy;Fast");
  assert_labels(set, "s1", 0, "Sad;Fast");
  assert_notice(set, "Its rows have no ids: they are taken in the order of");
  g_assert_true(ms_set_get_predicted_reading(set, 0)->guessed);
  g_assert_false(ms_set_get_actual_reading(set)->guessed);
  write_array(&folder, "a.npy", "|u1", 3, 3, yes_array, sizeof yes_array);
  g_autoptr(MsSet) swapped = label_set_open(&folder, "actual=a.npy predicted=a.csv");
  assert_labels(swapped, "s9", ACTUAL, "Happy;Fast");
  assert_labels(swapped, "s1", 0, "Sad");
}

/* --- files that describe a set, and folders -------------------------------------------------- */

static void
test_maskset(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "t/a.csv", actual_text);
  test_text(&folder, "t/b.csv", yes_text);
  test_text(&folder, "t/soft.csv", scores_text);
  test_text(&folder, "t/s.csv", "id,split\ns1,train\n");
  test_text(&folder, "x.maskset",
            "[Set]\nTitle=My songs\nActual=t/a.csv\nSplits=t/s.csv\nThreshold=0.2\nIgnore=1\n"
            "[Models]\nhard=t/b.csv\nsoft=t/soft.csv\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=x.maskset");
  g_assert_cmpstr(ms_set_get_title(set), ==, "My songs");
  assert_model(set, 1, "soft", TRUE, "one column a label, scores from 0 to 1: 3 labels");
  assert_labels(set, "s3", 1, "Happy;Fast");
  g_assert_cmpstr(ms_set_get_split(set, label_example(set, "s1")), ==, "train");
  g_assert_cmpuint(ms_set_get_rules(set, 0)->rules.n_ignored, ==, 1);
  test_text(&folder, "t/list.csv", "id,actual,predicted:A,predicted:B\na,x;y,x,y\n");
  test_text(&folder, "y.maskset", "[Set]\nManifest=t/list.csv\n");
  g_autoptr(MsSet) list = label_set_open(&folder, "set=y.maskset");
  g_assert_cmpuint(ms_set_get_n_models(list), ==, 2);
  g_assert_cmpstr(ms_set_get_title(list), ==, "y");
}

static void
test_folder_of_one(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "songs/Labels.csv", "id,actual,predicted\na,x;y,x\nb,y,y\n");
  test_text(&folder, "songs/classes.txt", "y\nx\n");
  test_text(&folder, "songs/splits.csv", "id,split\na,train\nb,val\n");
  test_text(&folder, "songs/pred_old.csv", "whatever\n");
  test_touch(&folder, "songs/images/a.png");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=songs");
  g_autofree char *path = test_path(&folder, "songs");
  g_assert_cmpstr(ms_set_get_title(set), ==, "songs");
  g_assert_cmpstr(ms_set_get_path(set), ==, path);
  assert_names(set, "y;x");
  assert_labels(set, "a", ACTUAL, "y;x");
  g_assert_cmpstr(ms_set_get_splits(set)[0], ==, "train");
  assert_notice(set, "Left alone: pred_old.csv");
  assert_image(&folder, set, "a", "songs/images/a.png");
  assert_image(&folder, set, "b", NULL);
}

static void
test_folder_of_several(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "actual.csv", actual_text);
  test_text(&folder, "pred_A.csv", yes_text);
  test_text(&folder, "y_pred-B.tsv", yes_text);
  test_text(&folder, "scores.csv", scores_text);
  test_text(&folder, "notes.csv", "left,alone\n1,2\n");
  test_text(&folder, "splits.csv", "id,split\ns1,train\n");
  write_array(&folder, "prob_A.npy", "|u1", 3, 3, yes_array, sizeof yes_array);
  g_autoptr(MsSet) set = label_set_open(&folder, "set=.");
  g_assert_cmpuint(ms_set_get_n_models(set), ==, 3);
  g_assert_cmpstr(ms_set_get_model_name(set, 0), ==, "A");
  g_assert_cmpstr(ms_set_get_model_name(set, 1), ==, "scores");
  g_assert_cmpstr(ms_set_get_model_name(set, 2), ==, "B");
  assert_notice(set, "Left alone: prob_A.npy");
  g_assert_cmpstr(ms_set_get_split(set, label_example(set, "s1")), ==, "train");
  /* Where the prefix tells them apart, it stays. */
  test_text(&folder, "prob_A.csv", scores_text);
  g_autoptr(MsSet) whole = label_set_open(&folder, "set=.");
  g_assert_cmpstr(ms_set_get_model_name(whole, 0), ==, "pred_A");
  g_assert_cmpstr(ms_set_get_model_name(whole, 1), ==, "prob_A");
}

/* labels.csv as the actual side. */
static void
test_folder_of_labels(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "labels.csv", actual_text);
  test_text(&folder, "truth.csv", yes_text);
  test_text(&folder, "predictions.csv", yes_text);
  g_autoptr(MsSet) set = label_set_open(&folder, "set=.");
  g_assert_cmpstr(ms_set_get_model_name(set, 0), ==, "predictions");
  assert_labels(set, "s1", ACTUAL, "Happy;Fast");
  assert_notice(set, "Left alone: truth.csv");
}

/* What lies beside the tables and has nothing to do with them. */
static void
test_folder_of_strangers(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "actual.csv", actual_text);
  test_text(&folder, "pred_A.csv", yes_text);
  test_text(&folder, "problems.csv", "id,problem\ns1,too loud\n");
  test_text(&folder, "scoreboard.csv", "team,points\nA,0.5\n");
  test_text(&folder, "predators.csv", "wolf\n");
  g_autoptr(MsSet) words = label_set_open(&folder, "set=.");
  g_assert_cmpuint(ms_set_get_n_models(words), ==, 1);
  assert_no_notice(words);
  test_text(&folder, "pred_notes.csv", "id,note\ns1,fine\n");
  test_text(&folder, "pred_none.csv", "id,Happy,Sad,Fast\n");
  test_text(&folder, "predicted-features.csv", "id,f1,f2\ns1,0.5,0.25\n");
  test_text(&folder, "scores.csv", "metric,Happy,Sad,Fast\niou,0.5,0.25,1\ndice,0.75,0.5,1\n");
  g_autoptr(MsSet) set = label_set_open(&folder, "set=.");
  g_assert_cmpuint(ms_set_get_n_models(set), ==, 1);
  g_assert_cmpstr(ms_set_get_model_name(set, 0), ==, "A");
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, 3);
  assert_notice(set, "pred_notes.csv has no column of labels: ");
  assert_notice(set, "pred_none.csv names no example");
  assert_notice(set, "predicted-features.csv has no column for any label of ");
  assert_notice(set, "scores.csv names no example of ");
  g_assert_cmpuint(ms_set_get_notices(set)->len, ==, 4);
}

static void
assert_folder_error(const TestFolder *folder, const char *part)
{
  g_autoptr(MsOptions) options = label_options(folder, "set=.");
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_null(set);
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

/* Where nothing is left, or a table is only broken, that is an error. */
static void
test_folder_errors(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "actual.csv", actual_text);
  test_text(&folder, "pred_notes.csv", "id,note\ns1,fine\n");
  assert_folder_error(&folder, "pred_notes.csv has no column of labels");
  test_text(&folder, "pred_none.csv", "id,Happy\n");
  assert_folder_error(&folder, "pred_none.csv names no example");
  test_text(&folder, "pred_A.csv", "id,Happy,Sad,Fast\ns1,1,0,2\n");
  assert_folder_error(&folder, "pred_A.csv, line 2, column Fast: \"2\" is neither 0 nor 1");
}

static void
test_folder_of_arrays(void)
{
  static const guint8 cube[8];
  g_auto(TestFolder) folder = test_folder_new();
  write_array(&folder, "y_true.npy", "|u1", 3, 3, yes_array, sizeof yes_array);
  write_floats(&folder, "y_pred.npy", 3, 3, score_array);
  g_autoptr(MsSet) one = label_set_open(&folder, "set=.");
  g_assert_cmpstr(ms_set_get_model_name(one, 0), ==, "y_pred");
  assert_labels(one, "row 1", ACTUAL, "1");
  assert_labels(one, "row 1", 0, "1;2");
  /* Another model; and one that is no table. */
  write_array(&folder, "pred_B.npy", "|u1", 3, 3, yes_array, sizeof yes_array);
  write_shape(&folder, "pred_cube.npy", "|u1", "(2, 2, 2)", cube, sizeof cube);
  test_text(&folder, "classes.txt", "Happy\nSad\nFast\n");
  g_autoptr(MsSet) two = label_set_open(&folder, "set=.");
  g_assert_cmpuint(ms_set_get_n_models(two), ==, 2);
  g_assert_cmpstr(ms_set_get_model_name(two, 0), ==, "B");
  assert_names(two, "Happy;Sad;Fast");
  assert_notice(two, "pred_cube.npy: an array of 3 dimensions");
  /* Tables go before arrays, side by side. */
  test_text(&folder, "actual.csv", "id,Happy,Sad,Fast\ns9,1,0,1\ns1,0,1,0\ns5,0,0,0\n");
  g_autoptr(MsSet) mixed = label_set_open(&folder, "set=.");
  assert_labels(mixed, "s9", 1, "Happy;Fast");
  assert_notice(mixed, "Left alone: y_true.npy");
  assert_notice(mixed, "Its rows have no ids: they are taken in the order of");
  test_text(&folder, "pred_A.csv", yes_text);
  g_autoptr(MsSet) tables = label_set_open(&folder, "set=.");
  g_assert_cmpuint(ms_set_get_n_models(tables), ==, 1);
  assert_notice(tables, "Left alone: pred_B.npy, pred_cube.npy, y_pred.npy, y_true.npy");
}

static void
test_folder_of_cubes(void)
{
  static const guint8 cube[8];
  g_auto(TestFolder) folder = test_folder_new();
  write_shape(&folder, "actual.npy", "|u1", "(2, 2, 2)", cube, sizeof cube);
  write_shape(&folder, "output.npy", "|u1", "(2, 2, 2)", cube, sizeof cube);
  assert_folder_error(&folder, "actual.npy: an array of 3 dimensions; labels are an array of two");
}

/* --- the vectors ---------------------------------------------------------------------------- */

typedef struct {
  MsEvaluation *evaluation;
  guint n_compared;
} Vector;

static Vector
open_vector(const char *name, double threshold)
{
  gboolean scores = g_str_equal(name, "ml_scores");
  g_autoptr(MsOptions) options = ms_options_new();
  g_autofree char *folder = g_build_filename(test_data(), "vectors", "multilabel", NULL);
  g_autofree char *predicted =
      g_strdup_printf("%s/%s_%s.csv", folder, name, scores ? "scores" : "predicted");
  g_autoptr(GError) error = NULL;
  options->actual = g_strdup_printf("%s/%s_actual.csv", folder, name);
  options->threshold = threshold;
  ms_options_add_predicted(options, NULL, predicted);
  g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  Vector vector = {.evaluation = ms_evaluation_new(set)};
  ms_evaluation_run(vector.evaluation, 1, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return vector;
}

static MsValue
defined(double value)
{
  return (MsValue){.defined = TRUE, .value = value};
}

static MsValue
value_of_label(const MsTotals *totals, guint label)
{
  size_t n;
  const MsClassCounts *classes = ms_confusion_classes(ms_totals_pooled(totals), &n);
  for (size_t i = 0; i < n; i++)
    if (classes[i].id == label)
      return ms_class_score(&classes[i], MS_METRIC_IOU, MS_EMPTY_ONE);
  return (MsValue){.defined = FALSE};
}

static MsValue
value_of_example(const Vector *vector, const char *metric, guint example)
{
  g_autoptr(MsConfusion) confusion = NULL;
  MsSet *set = ms_evaluation_get_set(vector->evaluation);
  g_autofree char *id = g_strdup_printf("e%u", example);
  guint index = label_example(set, id);
  confusion = ms_evaluation_dup_confusion(vector->evaluation, index, 0);
  MsCounts counts = ms_confusion_counts(confusion);
  return g_str_equal(metric, "iou_example") ? ms_score_iou(&counts, MS_EMPTY_ONE)
                                            : defined(ms_confusion_exact(confusion));
}

/* FALSE: not one of the metrics that are compared here. */
static gboolean
find_value(const Vector *vector, const char *metric, guint number, MsValue *value)
{
  static const struct {
    const char *name;
    MsSetMetric metric;
  } metrics[] = {
      {"iou_samples", MS_SET_METRIC_IOU_MEAN},
      {"iou_micro", MS_SET_METRIC_IOU_POOLED},
      {"iou_macro", MS_SET_METRIC_MIOU},
      {"f1_samples", MS_SET_METRIC_DICE_MEAN},
      {"exact_match_ratio", MS_SET_METRIC_EXACT_RATIO},
      {"hamming_loss", MS_SET_METRIC_HAMMING},
  };
  g_autoptr(MsTotals) totals = test_evaluation_totals(vector->evaluation, 0, NULL, NULL);
  MsCounts counts = ms_confusion_counts(ms_totals_pooled(totals));
  for (gsize i = 0; i < G_N_ELEMENTS(metrics); i++)
    if (g_str_equal(metric, metrics[i].name)) {
      *value = ms_totals_value(totals, metrics[i].metric);
      if (metrics[i].metric == MS_SET_METRIC_HAMMING)
        value->value = 1 - value->value;
      return TRUE;
    }
  if (g_str_equal(metric, "iou_label"))
    *value = value_of_label(totals, number);
  else if (g_str_has_suffix(metric, "_example"))
    *value = value_of_example(vector, metric, number);
  else if (g_str_equal(metric, "tp") || g_str_equal(metric, "fp") || g_str_equal(metric, "fn"))
    *value = defined((double)(*metric == 't'              ? counts.tp
                              : g_str_equal(metric, "fp") ? counts.fp
                                                          : counts.fn));
  else
    return FALSE;
  return TRUE;
}

static void
compare_value(Vector *vector, const char *const *row)
{
  const char *number = strchr(row[2], '='); /* "label=2", "example=7" */
  MsValue value;
  guint index = number ? (guint)g_ascii_strtoull(number + 1, NULL, 10) : 0;
  if (!find_value(vector, row[1], index, &value))
    return;
  vector->n_compared++;
  if (g_str_equal(row[3], "nan")) {
    g_assert_false(value.defined);
    return;
  }
  g_assert_true(value.defined);
  double difference = ABS(value.value - g_ascii_strtod(row[3], NULL));
  if (difference > 1e-9)
    g_error("%s, %s, %s: %.17g, expected %s", row[0], row[1], row[2], value.value, row[3]);
}

/* The rows of a case; rule: what their parameters end with, or "". */
static void
compare_vector(const GStrv lines, const char *name, double threshold, const char *rule,
               guint n_compared)
{
  Vector vector = open_vector(name, threshold);
  for (guint i = 0; lines[i]; i++) {
    if (!g_str_has_prefix(lines[i], name))
      continue;
    g_auto(GStrv) row = g_strsplit(lines[i], ",", -1);
    if (g_str_equal(row[0], name) && g_str_has_suffix(row[2], rule))
      compare_value(&vector, (const char *const *)row);
  }
  g_assert_cmpuint(vector.n_compared, ==, n_compared);
  g_object_unref(vector.evaluation);
}

static void
test_vectors(void)
{
  if (!test_data()) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  g_autofree char *path = g_build_filename(test_data(), "vectors", "expected.csv", NULL);
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, NULL);
  g_auto(GStrv) lines = ms_text_lines(bytes, path, NULL);
  compare_vector(lines, "ml_worked", 0.5, "", 16);
  compare_vector(lines, "ml_four", 0.5, "", 22);
  compare_vector(lines, "ml_random", 0.5, "", 16);
  compare_vector(lines, "ml_absent", 0.5, "", 15);
  compare_vector(lines, "ml_all_empty", 0.5, "", 19);
  compare_vector(lines, "ml_single_label", 0.5, "", 10);
  compare_vector(lines, "ml_scores", 0.25, "rule=gt;t=0.25", 14);
  compare_vector(lines, "ml_scores", 0.5, "rule=gt;t=0.5", 14);
  compare_vector(lines, "ml_scores", 0.75, "rule=gt;t=0.75", 14);
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/label-tables/columns", test_columns);
  g_test_add_func("/label-tables/missing-rows", test_missing_rows);
  g_test_add_func("/label-tables/lists", test_lists);
  g_test_add_func("/label-tables/ids", test_ids);
  g_test_add_func("/label-tables/other-columns", test_other_columns);
  g_test_add_func("/label-tables/splits", test_splits);
  g_test_add_func("/label-tables/second-table", test_second_table);
  g_test_add_func("/label-tables/spare-columns", test_spare_columns);
  g_test_add_func("/label-tables/images-twice", test_images_twice);
  g_test_add_func("/label-tables/odd-cells", test_odd_cells);
  g_test_add_func("/label-tables/images", test_images);
  g_test_add_func("/label-tables/arrays", test_arrays);
  g_test_add_func("/label-tables/single", test_single);
  g_test_add_func("/label-tables/half", test_half);
  g_test_add_func("/label-tables/known-names", test_known_names);
  g_test_add_func("/label-tables/known-names-in-doubt", test_known_names_in_doubt);
  g_test_add_func("/label-tables/known-names-with-classes", test_known_names_with_classes);
  g_test_add_func("/label-tables/texts-in-both", test_texts_in_both);
  g_test_add_func("/label-tables/image-with-dot", test_image_with_dot);
  g_test_add_func("/label-tables/array-beside-table", test_array_beside_table);
  g_test_add_func("/label-tables/maskset", test_maskset);
  g_test_add_func("/label-tables/folder-of-one", test_folder_of_one);
  g_test_add_func("/label-tables/folder-of-several", test_folder_of_several);
  g_test_add_func("/label-tables/folder-of-labels", test_folder_of_labels);
  g_test_add_func("/label-tables/folder-of-strangers", test_folder_of_strangers);
  g_test_add_func("/label-tables/folder-errors", test_folder_errors);
  g_test_add_func("/label-tables/folder-of-arrays", test_folder_of_arrays);
  g_test_add_func("/label-tables/folder-of-cubes", test_folder_of_cubes);
  g_test_add_func("/label-tables/vectors", test_vectors);
  return g_test_run();
}
