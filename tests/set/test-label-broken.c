/* SPDX-License-Identifier: MIT
 *
 * Tables of labels that are wrong, each with the place and the cause in its message; and a table of
 * a million rows.
 */
#include "io/error.h"
#include "label-set.h"
#include "set/evaluation.h"
#include "support/random.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED
#endif

#ifdef SANITIZED
#define N_ROWS 200000u
#else
#define N_ROWS 1000000u
#endif

typedef struct {
  const char *name;
  const char *words;  /* options */
  const char *first;  /* a.csv */
  const char *second; /* b.csv; NULL: none */
  GQuark (*domain)(void);
  int code;
  const char *part; /* of the message */
} Case;

#define PARSE  ms_io_error_quark, MS_IO_ERROR_PARSE
#define LAYOUT ms_set_error_quark, MS_SET_ERROR_LAYOUT
#define EMPTY  ms_set_error_quark, MS_SET_ERROR_EMPTY

#define ONE  "set=a.csv"
#define TWO  "actual=a.csv predicted=b.csv"
#define GOOD "id,Happy,Fast\ns1,1,0\ns2,0,1\n"

static const Case cases[] = {
    /* ids */
    {"id-twice", ONE, "id,actual,predicted\ns1,x;y,x\ns2,y,y\ns1,x,x\n", NULL, PARSE,
     "a.csv: example s1 stands on line 2 and on line 4"},
    {"id-twice-in-predicted", TWO, GOOD, "id,Happy,Fast\ns2,1,0\n\ns2,0,1\n", PARSE,
     "b.csv: example s2 stands on line 2 and on line 4"},
    {"no-id-in-row", ONE, "id,actual,predicted\n,x;y,x\n", NULL, PARSE,
     "a.csv, line 2, column id: names no example"},
    {"no-ids-in-actual", TWO, "Happy,Fast\n1,0\n", GOOD, PARSE,
     "a.csv has no column that names the examples"},
    {"no-ids-in-predicted", TWO, GOOD, "Happy,Fast\n1,0\n0,1\n", PARSE,
     "b.csv has no column that names the examples"},
    {"two-id-columns", TWO, "id,name,key,Happy\ns1,a,b,1\n", "example,id,Happy\ns1,s1,1\n", PARSE,
     "b.csv: the columns example and id mean the same"},
    /* what several tables say of an example */
    {"two-splits", TWO, "id,split,Happy\ns1,train,1\ns2,val,0\n", "id,Happy,split\ns2,1,test\n",
     PARSE, "b.csv, line 2, column split: test for example s2, but val in "},
    {"two-splits-place", TWO, "id,split,Happy\ns1,train,1\ns2,val,0\n",
     "id,Happy,split\ns2,1,test\n", PARSE, "a.csv, line 3"},
    {"two-groups", TWO " predicted=c=d.csv", "id,Happy\ns1,1\n", "id,Happy,group\ns1,1,x\n", PARSE,
     "d.csv, line 3, column patient: y for example s1, but x in "},
    {"two-images", TWO, "id,image,Happy\ns1,i/s1.png,1\n", "id,image,Happy\ns1,i/s2.png,1\n", PARSE,
     "b.csv, line 2, column image: i/s2.png for example s1, but i/s1.png in "},
    /* rows */
    {"ragged-row", TWO, "id,Happy,Fast\ns1,1\n", GOOD, PARSE,
     "a.csv, line 2: 2 cells where the header has 3"},
    {"no-rows-in-actual", TWO, "id,Happy,Fast\n", GOOD, EMPTY, "a.csv names no example"},
    {"no-rows-in-predicted", TWO, GOOD, "id,Happy,Fast\n", EMPTY, "b.csv names no example"},
    {"no-rows", ONE, "id,actual:Happy,predicted:Happy\n", NULL, EMPTY, "a.csv names no example"},
    {"empty-file", TWO, "", GOOD, ms_io_error_quark, MS_IO_ERROR_EMPTY, "a.csv"},
    {"column-twice", TWO, GOOD, "id,Happy,Happy\ns1,1,0\n", PARSE, "both named \"Happy\""},
    /* cells */
    {"two", TWO, "id,Happy,Fast\ns1,1,0\ns2,0,2\n", GOOD, PARSE,
     "a.csv, line 3, column Fast: \"2\" is neither 0 nor 1"},
    {"fraction-in-actual", TWO, "id,Happy,Fast\ns1,1,0\ns2,0,0.5\n", GOOD, PARSE,
     "a.csv, line 3, column Fast: \"0.5\" is neither 0 nor 1"},
    {"negative", TWO, GOOD, "id,Happy,Fast\ns1,1,0\ns2,-1,1\n", PARSE,
     "b.csv, line 3, column Happy: \"-1\" is neither 0 nor 1"},
    {"score-above-one", TWO, GOOD, "id,Happy,Fast\ns1,1,0.5\ns2,1.5,1\n", PARSE,
     "b.csv, line 3, column Happy: \"1.5\" is no score from 0 to 1"},
    {"score-above-one-among-whole", TWO, GOOD, "id,Happy,Fast\ns1,1,0\ns2,1.5,1\n", PARSE,
     "b.csv, line 3, column Happy: \"1.5\" is no score from 0 to 1"},
    {"old-macintosh", TWO, "id,Happy\rs1,1\r", GOOD, PARSE,
     "a.csv, line 1: the file has CR line endings alone; save it with LF"},
    {"word-for-number", TWO, GOOD, "id,Happy,Fast\ns1,abc,0.5\ns2,xyz,1\n", PARSE,
     "b.csv, line 2, column Happy: \"abc\" is not a number"},
    {"nan", TWO, GOOD, "id,Happy,Fast\ns1,0.5,0.5\ns2,nan,1\n", PARSE,
     "b.csv, line 3, column Happy: \"nan\" is not a number"},
    {"infinity", TWO, GOOD, "id,Happy,Fast\ns1,0.5,0.5\ns2,1,inf\n", PARSE,
     "b.csv, line 3, column Fast: \"inf\" is not a number"},
    {"row-filled-in-part", TWO, "id,Happy,Fast\ns1,1,0\ns2,0,\ns3,,\n", GOOD, PARSE,
     "a.csv, line 3, column Fast: empty, though other labels of its row are not"},
    {"word-in-both", ONE,
     "id,actual:Happy,actual:Fast,predicted:Happy,predicted:Fast\na,1,no,1,1\n", NULL, PARSE,
     "a.csv, line 2, column actual:Fast: \"no\" is not a number"},
    /* labels */
    {"label-outside-columns", TWO, GOOD, "id,predicted\ns1,Happy;Hapy\n", PARSE,
     "b.csv, line 2, column predicted: \"Hapy\" is no label of "},
    {"label-outside-classes", TWO " classes=c.txt", "id,labels\ns1,Fast;Happy\ns2,Slow;Sad\n",
     "id,labels\ns1,Happy\n", PARSE, "a.csv, line 3, column labels: \"Slow\" is no label of "},
    {"column-outside-labels", TWO, GOOD, "id,Happy,Fast,Slow\ns1,1,0,0\n", PARSE,
     "b.csv, column Slow: Slow is no label of "},
    {"column-outside-labels-source", TWO, GOOD, "id,Happy,Fast,Slow\ns1,1,0,0\n", PARSE,
     "a.csv, which has Happy, Fast"},
    {"column-missing", TWO, GOOD, "id,Happy\ns1,1\n", PARSE,
     "b.csv has no column for Fast, which is a label of "},
    {"column-missing-of-classes", TWO " classes=c.txt", "id,Happy,Sad\ns1,1,1\n", GOOD, PARSE,
     "a.csv has no column for Fast, which is a label of "},
    {"column-missing-of-model", ONE, "id,actual:Happy,actual:Fast,predicted:A:Happy\ns1,1,1,1\n",
     NULL, PARSE, "a.csv has no column for A:Fast, which is a label of "},
    {"label-twice", ONE, "id,actual:Happy,gt:Happy,predicted:Happy\ns1,1,1,1\n", NULL, PARSE,
     "the label Happy stands twice"},
    {"label-twice-of-model", ONE, "id,actual:Happy,predicted:A:Happy,pred:A: Happy\ns1,1,1,1\n",
     NULL, PARSE, "a.csv, column pred:A: Happy: the label Happy has another column already"},
    {"no-labels", TWO, "id,labels\ns1,;\n", "id,labels\ns1,\n", EMPTY, "a.csv names no label"},
    /* columns */
    {"no-label-column", TWO, "id,artist\ns1,x\n", GOOD, LAYOUT, "a.csv has no column of labels"},
    {"no-column-of-classes", TWO " classes=c.txt", GOOD, "id,Other\ns1,1\n", LAYOUT,
     "b.csv has no column of labels: neither one called labels with lists like Happy;Fast, nor any "
     "that is named in the class table"},
    {"two-list-columns", TWO, "id,labels,label,annotation\ns1,x,y,z\n", GOOD, PARSE,
     "a.csv: the columns labels and annotation could both hold the labels"},
    {"no-actual", ONE, GOOD, NULL, LAYOUT, "a.csv does not say which labels are actual"},
    {"no-predicted", ONE, "id,labels\ns1,x;y\n", NULL, LAYOUT,
     "a.csv does not say which labels are predicted"},
    {"two-actual", ONE, "id,actual,gt,predicted\ns1,x;y,x,y\n", NULL, PARSE,
     "actual and gt mean the same"},
    {"two-of-a-model", ONE, "id,actual,predicted:A,pred:A\ns1,x;y,x,y\n", NULL, PARSE,
     "more than one column of predicted labels of the model A"},
    {"actual-list-and-columns", ONE, "id,actual,actual:x,predicted:x\ns1,x;y,1,1\n", NULL, PARSE,
     "a.csv: the columns actual and actual:x both hold the actual labels"},
    {"weak-name-in-one-table", TWO, "id,Happy,fold\ns1,1,0\ns2,0,1\n", "id,Happy\ns1,1\n", PARSE,
     "; name the labels with --classes if it is none"},
    {"list-and-columns", ONE, "id,actual:x,predicted:A,predicted:A:x\ns1,1,x;x,1\n", NULL, PARSE,
     "the columns predicted:A and predicted:A:x both hold the labels of the model A"},
    /* decimal commas */
    {"commas", TWO, GOOD, "id;Anger;Calm\ns1;0,5;1,0\ns2;0,25;0,75\n", LAYOUT,
     "one a label. The column Anger holds numbers with a decimal comma; write 0.5"},
    {"commas-in-both", ONE, "id;gt_Happy;pred_Happy\ns1;1,0;0,5\n", NULL, LAYOUT,
     "--predicted. The column gt_Happy holds numbers with a decimal comma; write 0.5"},
    {"comma-in-a-score", TWO, GOOD, "id;Happy;Fast\ns1;1;0\ns2;0,5;1\n", PARSE,
     "b.csv, line 3, column Happy: \"0,5\" is a number with a decimal comma; write 0.5"},
    /* the other side */
    {"predicted-folder", "actual=a.csv predicted=.", GOOD, NULL, LAYOUT,
     "is a folder: give tables"},
    {"actual-folder", "actual=. predicted=a.csv", GOOD, NULL, LAYOUT,
     "a.csv is a table of labels and "},
    {"predicted-text", "actual=a.csv predicted=c.txt", GOOD, NULL, LAYOUT, "c.txt is none"},
    {"predicted-pattern", "actual=a.csv predicted=p/{id}.csv", GOOD, NULL, LAYOUT, "is none"},
    {"predicted-missing", "actual=a.csv predicted=missing", GOOD, NULL, ms_set_error_quark,
     MS_SET_ERROR_NOT_FOUND, "missing does not exist"},
    {"predicted-table-missing", "actual=a.csv predicted=missing.csv", GOOD, NULL, ms_io_error_quark,
     MS_IO_ERROR_OPEN, "missing.csv"},
    {"images-missing", TWO " images=missing", GOOD, GOOD, ms_set_error_quark,
     MS_SET_ERROR_NOT_FOUND, "missing"},
    {"classes-missing", TWO " classes=missing.txt", GOOD, GOOD, ms_io_error_quark, MS_IO_ERROR_OPEN,
     "missing.txt"},
    {"no-such-model", TWO " model=c", GOOD, GOOD, ms_set_error_quark, MS_SET_ERROR_CHOICE,
     "it has b"},
    {"no-such-split", TWO " split=val", GOOD, GOOD, ms_set_error_quark, MS_SET_ERROR_CHOICE,
     "it has none"},
};

static void
test_case(gconstpointer data)
{
  const Case *item = data;
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", item->first);
  test_text(&folder, "c.txt", "Happy\nFast\nSad\n");
  test_text(&folder, "d.csv", "id,Happy,patient\ns2,1,y\ns1,1,y\n");
  if (item->second)
    test_text(&folder, "b.csv", item->second);
  g_autoptr(MsOptions) options = label_options(&folder, item->words);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);
  if (set)
    g_error("no error, where \"%s\" was to be said", item->part);
  if (!strstr(error->message, item->part))
    g_error("\"%s\" does not say \"%s\"", error->message, item->part);
  g_assert_error(error, item->domain(), item->code);
}

/* --- arrays --------------------------------------------------------------------------------- */

static void
write_array(const TestFolder *folder, const char *name, const char *header, const void *data,
            gsize size)
{
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_append_len(text, "\x93NUMPY\x01\x00\x76\x00", 10);
  g_string_append_printf(text, "%-117s\n", header);
  g_string_append_len(text, data, (gssize)size);
  g_free(test_file(folder, name, text->str, text->len));
}

static void
assert_array_error(const char *header, const void *data, gsize size, const char *words,
                   const char *part)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_array(&folder, "p.npy", header, data, size);
  test_text(&folder, "a.csv", GOOD);
  test_text(&folder, "c.txt", "Happy\nFast\nSad\n");
  g_autoptr(MsOptions) options = label_options(&folder, words);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_null(set);
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

#define BYTES(shape)  "{'descr': '|u1', 'fortran_order': False, 'shape': " shape ", }"
#define FLOATS(shape) "{'descr': '<f4', 'fortran_order': False, 'shape': " shape ", }"

static void
test_arrays(void)
{
  static const guint8 bytes[] = {0, 1, 1, 2, 0, 0};
  static const guint8 wide[20000];
  static const guint32 not_a_number[] = {0, GUINT32_TO_LE(0x3f000000), GUINT32_TO_LE(0x7fc00000),
                                         0};
  assert_array_error(BYTES("(2, 2)"), bytes, 4, "actual=a.csv predicted=p.npy",
                     "p.npy, row 1, column 1: 2 is neither 0 nor 1");
  assert_array_error(FLOATS("(2, 2)"), not_a_number, 16, "actual=a.csv predicted=p.npy",
                     "p.npy, row 1, column 0: nan is no score from 0 to 1");
  assert_array_error(BYTES("(3, 2)"), bytes, 6, "actual=a.csv predicted=p.npy",
                     "p.npy has 3 rows without ids, and ");
  assert_array_error(BYTES("(2, 3)"), bytes, 6, "actual=a.csv predicted=p.npy",
                     "p.npy: an array of 3 columns, where ");
  assert_array_error(BYTES("(2, 2)"), bytes, 4, "actual=p.npy predicted=p.npy classes=c.txt",
                     "c.txt has 3 labels");
  assert_array_error(BYTES("(6,)"), bytes, 6, "actual=p.npy predicted=p.npy",
                     "p.npy: an array of 1 dimensions; labels are an array of two");
  assert_array_error(BYTES("(0, 2)"), bytes, 0, "actual=p.npy predicted=p.npy",
                     "p.npy names no example");
  assert_array_error(BYTES("(2, 0)"), bytes, 0, "actual=p.npy predicted=p.npy",
                     "p.npy names no label: an array of 2 x 0");
  assert_array_error(FLOATS("(2147483647, 0)"), bytes, 0, "actual=a.csv predicted=p.npy",
                     "p.npy names no label: an array of 2147483647 x 0");
  assert_array_error(BYTES("(1, 20000)"), wide, 20000, "actual=p.npy predicted=p.npy",
                     "p.npy: 1 examples of 20000 labels; at most 5000000 examples and 10000 labels "
                     "are read");
  assert_array_error("{", bytes, 0, "actual=p.npy predicted=p.npy", "p.npy");
}

/* --- limits --------------------------------------------------------------------------------- */

/* Told from the header alone, though the file would open. */
static void
test_many_examples(void)
{
  const gsize n = MS_LABEL_MAX_EXAMPLES + 1;
  g_autofree guint8 *zeros = g_malloc0(n);
  assert_array_error(BYTES("(5000001, 1)"), zeros, n, "actual=p.npy predicted=p.npy",
                     "p.npy: 5000001 examples of 1 labels; at most 5000000 examples");
}

static void
write_list(const TestFolder *folder, const char *name, guint first, guint end)
{
  g_autoptr(GString) text = g_string_new("id,labels\n");
  for (guint i = first; i < end; i++)
    g_string_append_printf(text, "e%u,x0\n", i);
  g_free(test_file(folder, name, text->str, text->len));
}

/* Each table has few enough examples, both together do not. */
static void
test_many_cells(void)
{
  const guint too_many = MS_LABEL_MAX_CELLS / MS_LABEL_MAX_LABELS + 1;
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GString) classes = g_string_new(NULL);
  for (guint i = 0; i < MS_LABEL_MAX_LABELS; i++)
    g_string_append_printf(classes, "x%u\n", i);
  test_text(&folder, "c.txt", classes->str);
  write_list(&folder, "a.csv", 0, 10000);
  write_list(&folder, "b.csv", 10000, too_many);
  g_autoptr(MsOptions) options = label_options(&folder, TWO " classes=c.txt");
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_null(set);
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE);
  g_assert_nonnull(strstr(error->message, "b.csv: 13422 examples of 10000 labels; at most "));
}

/* --- many rows ------------------------------------------------------------------------------ */

enum { N_LABELS = 8 };

/* A row's labels, told by its number. */
static guint
labels_of(guint row)
{
  return row * 2654435761u >> 24;
}

/* Every third row has one label wrong, every 1000th is missing. */
static void
write_rows(const TestFolder *folder, const char *name, gboolean predicted)
{
  g_autoptr(GString) text = g_string_new("id");
  for (guint label = 0; label < N_LABELS; label++)
    g_string_append_printf(text, ",label %u", label);
  for (guint row = 0; row < N_ROWS; row++) {
    guint labels = labels_of(row) ^ (predicted && row % 3 == 0 ? 1u << row % N_LABELS : 0);
    if (predicted && row % 1000 == 1)
      continue;
    g_string_append_printf(text, "\nexample %u", row);
    for (guint label = 0; label < N_LABELS; label++)
      g_string_append(text, labels >> label & 1 ? ",1" : ",0");
  }
  g_free(test_file(folder, name, text->str, text->len));
}

static void
test_many_rows(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  write_rows(&folder, "a.csv", FALSE);
  write_rows(&folder, "b.csv", TRUE);
  g_autoptr(MsSet) set = label_set_open(&folder, TWO);
  const MsLabelData *data = ms_set_get_labels(set);
  static const MsRules rules = {.comparison = MS_COMPARE_LABELS};
  guint n_exact = 0, n_compared = 0;
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, N_ROWS);
  for (guint i = 0; i < N_ROWS; i++) {
    guint row = ms_set_get_row(set, i);
    g_autoptr(MsConfusion) confusion = NULL;
    if (!ms_label_data_has(data, 0, row))
      continue;
    g_assert_cmpint(ms_confusion_new(&rules, &confusion), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_label_data_count(data, row, 0, 0.5, confusion), ==, MS_STATUS_OK);
    n_exact += ms_confusion_exact(confusion);
    n_compared++;
  }
  guint n_missing = 0, n_wrong = 0;
  for (guint row = 0; row < N_ROWS; row++) {
    n_missing += row % 1000 == 1;
    n_wrong += row % 1000 != 1 && row % 3 == 0;
  }
  g_assert_cmpuint(n_compared, ==, N_ROWS - n_missing);
  g_assert_cmpuint(n_exact, ==, n_compared - n_wrong);
}

static void
assert_too_long(const char *format, guint length, const char *words, const char *part)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *label = g_strnfill(length, 'x');
  g_autofree char *good = g_strnfill(MS_LABEL_MAX_BYTES, 'x');
  g_autoptr(GString) text = g_string_new(format);
  g_string_replace(text, "LONG", label, 0);
  g_autoptr(GString) same = g_string_new("id,labels\na,LONG\n");
  g_string_replace(same, "LONG", good, 0);
  test_text(&folder, "a.csv", text->str);
  test_text(&folder, "b.csv", same->str);
  g_autoptr(MsOptions) options = label_options(&folder, words);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_true((set == NULL) == (part != NULL));
  if (part && !strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

static void
test_long_labels(void)
{
  assert_too_long(
      "id,actual,predicted\na,y;z,LONG\n", 10000, ONE,
      "a.csv, line 2, column predicted: a label of 10000 bytes; at most 200 are read: is "
      "this a column of labels?");
  assert_too_long("id,labels\na,LONG\n", 200, TWO, NULL);
  assert_too_long("id,labels\na,LONG\n", 201, TWO,
                  "line 2, column labels: a label of 201 bytes; at most 200 are read");
  assert_too_long("id,y,LONG\na,1,0\n", 201, "actual=a.csv predicted=a.csv",
                  "a.csv, header, column 3: a label of 201 bytes; at most 200 are read: is this a "
                  "column of labels?");
}

/* One label more than there may be, in columns beside the ids. */
static void
test_many_labels(void)
{
  for (guint n = MS_LABEL_MAX_LABELS; n <= MS_LABEL_MAX_LABELS + 1; n++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autoptr(GString) text = g_string_new("id");
    for (guint i = 0; i < n; i++)
      g_string_append_printf(text, ",x%u", i);
    g_string_append(text, "\na");
    for (guint i = 0; i < n; i++)
      g_string_append(text, ",1");
    test_text(&folder, "a.csv", text->str);
    g_autoptr(MsOptions) options = label_options(&folder, "actual=a.csv predicted=a.csv");
    g_autoptr(GError) error = NULL;
    g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);
    g_assert_true((set != NULL) == (n == MS_LABEL_MAX_LABELS));
    if (!set)
      g_assert_nonnull(strstr(error->message, "1 examples of 10001 labels; at most "));
  }
}

static void
test_cancelled(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  test_text(&folder, "a.csv", GOOD);
  g_autoptr(MsOptions) options = label_options(&folder, "actual=a.csv predicted=a.csv");
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;
  g_cancellable_cancel(cancellable);
  g_assert_null(ms_set_open(options, NULL, NULL, cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Bytes changed at random: an error or a set, never a crash. */
static void
test_noise(void)
{
  static const char text[] =
      "id,actual:Happy,actual:Fast,predicted:A:Happy,predicted:A:Fast,split\n"
      "s1,1,0,0.5,1,train\ns2,0,1,0.25,0,val\n";
  static const char bytes[] = ",;:\n\"0 .sA\t-";
  TestRandom random = {7};
  for (guint i = 0; i < 500; i++) {
    g_auto(TestFolder) folder = test_folder_new();
    g_autofree char *copy = g_strdup(text);
    for (guint j = 0; j <= i % 8; j++)
      copy[test_random_below(&random, sizeof text - 1)] =
          bytes[test_random_below(&random, sizeof bytes - 1)];
    test_text(&folder, "a.csv", copy);
    g_autoptr(MsOptions) options =
        label_options(&folder, i % 2 ? ONE : "actual=a.csv predicted=a.csv");
    g_autoptr(GError) error = NULL;
    g_autoptr(MsSet) set = ms_set_open(options, NULL, NULL, NULL, &error);
    g_assert_true((set != NULL) == (error == NULL));
  }
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *path = g_strdup_printf("/label-broken/%s", cases[i].name);
    g_test_add_data_func(path, &cases[i], test_case);
  }
  g_test_add_func("/label-broken/arrays", test_arrays);
  g_test_add_func("/label-broken/many-examples", test_many_examples);
  g_test_add_func("/label-broken/many-cells", test_many_cells);
  g_test_add_func("/label-broken/many-rows", test_many_rows);
  g_test_add_func("/label-broken/long-labels", test_long_labels);
  g_test_add_func("/label-broken/many-labels", test_many_labels);
  g_test_add_func("/label-broken/cancelled", test_cancelled);
  g_test_add_func("/label-broken/noise", test_noise);
  return g_test_run();
}
