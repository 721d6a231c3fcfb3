/* SPDX-License-Identifier: MIT
 *
 * What people type for the sets that they have: each command is run as it stands, in the folder of
 * the real sets, and its rows must equal counts that independent programs made, all of them.
 */
#include <string.h>

#include "io/file.h"
#include "io/table.h"
#include "program.h"
#include "support/data.h"

/* Where an expected row is in the command's output. */
typedef struct {
  const char *set;       /* the folder in expected/ */
  const char *command;   /* behind "evaluate" */
  const char *model;     /* the rows' model there; NULL: any */
  const char *split;     /* NULL: any */
  const char *prefix;    /* of the examples that the command opens, cut off; NULL: none */
  const char *named;     /* what the command calls the model */
  const char *one_class; /* binary: the class that the rows name; "ALL" rows say the same */
  gboolean slices;       /* examples are called by a number, "axis2 slice 3" */
  int status;
  guint n_rows;  /* that are compared, so that none is passed over in silence */
  gboolean part; /* the command opens some of the examples only */
} Command;

static const Command commands[] = {
    {"ade20k_sample", "ade20k_sample --ignore 0", NULL, NULL, NULL, "predictions", NULL, FALSE, 0,
     28},
    {"camvid_segnet",
     "--images camvid_segnet/test --actual camvid_segnet/testannot --predicted "
     "camvid_segnet/predictions_indexed --classes camvid_segnet/classes.csv --ignore 11 "
     "--background none",
     "segnet_real", "test", "test/", "predictions_indexed", NULL, FALSE, 0, 468},
    {"camvid_segnet",
     "--images camvid_segnet/train --actual camvid_segnet/trainannot --predicted "
     "camvid_segnet/train_pred_rf --classes camvid_segnet/classes.csv --ignore 11 --background "
     "none",
     "rf_local", "train", "train/", "train_pred_rf", NULL, FALSE, 0, 192},
    {"changeformer_samples", "changeformer_samples/samples_DSIFN --model predict_Unet",
     "samples_DSIFN/predict_Unet", NULL, "samples_DSIFN/", "predict_Unet", "change", FALSE, 0, 20},
    {"changeformer_samples", "changeformer_samples/samples_LEVIR --model predict_CD_BIT",
     "samples_LEVIR/predict_CD_BIT", NULL, "samples_LEVIR/", "predict_CD_BIT", "change", FALSE, 3,
     14},
    {"coco_instances100", "coco_instances100", "fakesegm", NULL, NULL,
     "instances_val2014_fakesegm100_results", NULL, FALSE, 0, 490},
    {"dsb2018_nuclei", "dsb2018_nuclei/flat --model pred_A_rf", "A_rf", NULL, NULL, "pred_A_rf",
     "nucleus", FALSE, 0, 104},
    {"dsb2018_nuclei", "dsb2018_nuclei/flat --model pred_B_logreg", "B_logreg", NULL, NULL,
     "pred_B_logreg", "nucleus", FALSE, 0, 104},
    {"panoptic_sample", "panoptic_sample", "watershed_local", NULL, NULL, "predictions_watershed",
     NULL, FALSE, 0, 14},
    {"sod_soft", "sod_soft", "soft>=128", NULL, NULL, "preds", "salient", FALSE, 0, 6},
    {"dsb2018_nuclei", "dsb2018_nuclei/stage1_train --predicted dsb2018_nuclei/flat/pred_A_rf",
     "A_rf", NULL, NULL, "pred_A_rf", "nucleus", FALSE, 0, 10, TRUE},
    {"dsb2018_nuclei",
     "--actual dsb2018_nuclei/npy/actual_bool --predicted A=dsb2018_nuclei/npy/prob_A_rf_float32",
     "A_rf", NULL, NULL, "A", "nucleus", FALSE, 0, 12, TRUE},
    {"dsb2018_nuclei",
     "--actual dsb2018_nuclei/npy/actual_int64 --predicted A=dsb2018_nuclei/npy/prob_A_rf_float32",
     "A_rf", NULL, NULL, "A", "nucleus", FALSE, 0, 12, TRUE},
    {"coco_instances100",
     "coco_instances100/instances_val2014_100.json --predicted "
     "fake=coco_instances100/instances_val2014_fakesegm100_results.json",
     "fakesegm", NULL, NULL, "fake", NULL, FALSE, 0, 490},
    {"panoptic_sample",
     "--images panoptic_sample/input_images --actual panoptic_sample/panoptic_examples.json "
     "--predicted w=panoptic_sample/predictions_watershed.json",
     "watershed_local", NULL, NULL, "w", NULL, FALSE, 0, 14},
    {"sod_soft", "sod_soft --threshold 0.25", "soft>=64", NULL, NULL, "preds", "salient", FALSE, 0,
     6},
    {"sod_soft", "sod_soft --threshold 0.75", "soft>=192", NULL, NULL, "preds", "salient", FALSE, 0,
     6},
    {"camvid_segnet", "camvid_segnet --ignore 11 --background none --model pred_rf", "rf_local",
     NULL, NULL, "pred_rf", NULL, FALSE, 0, 840},
    {"camvid_segnet", "camvid_segnet --ignore none --background none --model pred_rf",
     "rf_local(void counted)", NULL, NULL, "pred_rf", NULL, FALSE, 0, 910},
    {"spine_nifti",
     "--actual spine_nifti/semantic/ref.nii.gz --predicted spine_nifti/semantic/pred.nii.gz",
     "pred.nii.gz (slices)", NULL, NULL, "pred", NULL, TRUE, 0, 255},
};

static MsTable *
parse(const char *text, gsize size, const char *name)
{
  g_autoptr(GBytes) bytes = g_bytes_new(text, size);
  g_autoptr(GError) error = NULL;
  MsTable *table = ms_table_parse(bytes, name, &error);

  g_assert_no_error(error);
  return table;
}

static const char *
cell(const MsTable *table, guint row, const char *column)
{
  int index = ms_table_find_column(table, column);

  g_assert_cmpint(index, >=, 0);
  return ms_table_cell(table, row, (guint)index);
}

/* "model, example, class" -> row + 1 */
static GHashTable *
index_rows(const MsTable *table)
{
  GHashTable *rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

  for (guint row = 0; row < ms_table_n_rows(table); row++)
    g_hash_table_insert(rows,
                        g_strdup_printf("%s, %s, %s", cell(table, row, "model"),
                                        cell(table, row, "example"), cell(table, row, "class")),
                        GUINT_TO_POINTER(row + 1));
  return rows;
}

/* The id that an expected example has in the command's output. */
static char *
id_of(const Command *command, const char *example)
{
  g_autofree char *id = NULL;
  char *dot;

  if (command->slices) {
    const char *number = strrchr(example, ' ');

    g_assert_nonnull(number);
    return g_strdup_printf("ref/z%02u", (guint)g_ascii_strtoull(number + 1, NULL, 10));
  }
  if (command->prefix && g_str_has_prefix(example, command->prefix))
    example += strlen(command->prefix);
  id = g_strdup(example);
  dot = strrchr(id, '.');
  if (dot)
    *dot = '\0';
  return g_steal_pointer(&id);
}

static char *
key_of(const Command *command, const MsTable *expected, guint row)
{
  const char *class = cell(expected, row, "class");
  g_autofree char *id = id_of(command, cell(expected, row, "example"));

  if (command->one_class)
    class = "foreground";
  else if (g_str_equal(class, "ALL"))
    class = "*";
  return g_strdup_printf("%s, %s, %s", command->named, id, class);
}

static gboolean
is_meant(const Command *command, const MsTable *expected, guint row)
{
  const char *class = cell(expected, row, "class");

  return (!command->model || g_str_equal(cell(expected, row, "model"), command->model)) &&
         (!command->split || g_str_equal(cell(expected, row, "split"), command->split)) &&
         !g_str_equal(class, "NOT_COMPARABLE");
}

/* A class that neither side has in an example has no row, where the tables count it as nothing. */
static gboolean
is_absent(const MsTable *expected, guint row)
{
  return g_str_equal(cell(expected, row, "tp"), "0") &&
         g_str_equal(cell(expected, row, "fp"), "0") && g_str_equal(cell(expected, row, "fn"), "0");
}

/* The number of wrong rows; *n_compared counts those that were there. */
static guint
compare_row(const Command *command, const MsTable *expected, guint row, const MsTable *got,
            GHashTable *rows, guint *n_compared)
{
  static const char *const counts[] = {"tp", "fp", "fn"};
  g_autofree char *key = key_of(command, expected, row);
  guint found = GPOINTER_TO_UINT(g_hash_table_lookup(rows, key));

  if (!found) {
    gboolean fine = command->part || is_absent(expected, row);

    if (!fine)
      g_test_message("there is no row %s", key);
    *n_compared += !command->part;
    return !fine;
  }
  ++*n_compared;
  for (gsize i = 0; i < G_N_ELEMENTS(counts); i++)
    if (!g_str_equal(cell(expected, row, counts[i]), cell(got, found - 1, counts[i]))) {
      g_test_message("%s: %s is %s, not %s", key, counts[i], cell(got, found - 1, counts[i]),
                     cell(expected, row, counts[i]));
      return 1;
    }
  return 0;
}

static void
test_command(gconstpointer data)
{
  const Command *command = data;
  g_autofree char *words = g_strdup_printf("evaluate %s --format csv --quiet", command->command);
  TestFolder folder = {0};
  g_auto(Run) run = {0};
  g_autoptr(MsTable) expected = NULL, got = NULL;
  g_autoptr(GHashTable) rows = NULL;
  g_autofree char *path = NULL, *text = NULL;
  gsize size;
  guint n_compared = 0, n_wrong = 0;

  if (!test_data()) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  folder.path = g_build_filename(test_data(), "data", NULL);
  path = g_build_filename(folder.path, "expected", command->set, "expected.csv", NULL);
  g_assert_true(g_file_get_contents(path, &text, &size, NULL));
  expected = parse(text, size, "expected.csv");
  run = run_program(&folder, words);
  g_test_message("maskscope %s", words);
  if (run.status != command->status)
    g_error("ended with %d: %s", run.status, run.err);
  got = parse(run.out, strlen(run.out), "the command's rows");
  rows = index_rows(got);
  for (guint row = 0; row < ms_table_n_rows(expected); row++)
    if (is_meant(command, expected, row))
      n_wrong += compare_row(command, expected, row, got, rows, &n_compared);
  g_assert_cmpuint(n_wrong, ==, 0);
  g_assert_cmpuint(n_compared, ==, command->n_rows);
  g_free(folder.path);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
    g_autofree char *path =
        g_strdup_printf("/real-commands/%s/%" G_GSIZE_FORMAT, commands[i].set, i);

    g_test_add_data_func(path, &commands[i], test_command);
  }
  return g_test_run();
}
