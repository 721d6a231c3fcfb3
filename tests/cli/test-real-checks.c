/* SPDX-License-Identifier: MIT
 *
 * Real sets as people open them, checked. What is odd about each is known from its README, and
 * everything that is found must be among that, each with its number of examples; nothing else.
 */
#include <json-glib/json-glib.h>

#include "program.h"
#include "support/data.h"

typedef struct {
  const char *command; /* behind "check" */
  /* "KIND MODEL EXAMPLES", in the order in which they are found; "-" for no model. */
  const char *found[4];
  const char *notice; /* what the notices name besides; NULL: nothing that matters */
} Command;

static const Command commands[] = {
    {"ade20k_sample", {"same-as-actual predictions 3", NULL}},
    {"ade20k_sample --ignore 0", {"same-as-actual predictions 3", NULL}},
    {"camvid_segnet",
     {"never-predicted pred_rf 70", "never-predicted predictions_indexed 39", NULL}},
    {"--images camvid_segnet/test --actual camvid_segnet/testannot --predicted "
     "camvid_segnet/predictions_indexed --classes camvid_segnet/classes.csv --ignore 11",
     {"ignored-predicted predictions_indexed 32", "never-predicted predictions_indexed 39", NULL}},
    {"--images camvid_segnet/test --actual camvid_segnet/testannot --predicted "
     "camvid_segnet/predictions_indexed",
     {"never-predicted predictions_indexed 39", NULL}},
    {"--images camvid_segnet/train --actual camvid_segnet/trainannot --predicted "
     "camvid_segnet/train_pred_rf --classes camvid_segnet/classes.csv --ignore 11",
     {NULL}},
    {"--actual camvid_segnet/testannot --predicted camvid_segnet/predictions --classes "
     "camvid_segnet/prediction_colours.csv",
     {"unpaired predictions 39", "unpaired - 39", NULL}},
    {"changeformer_samples/samples_LEVIR",
     {"unpaired - 4", "same-models predict_ChangeFormerV6 7", NULL},
     "test_113_0256 has no actual mask"},
    {"changeformer_samples/samples_DSIFN", {NULL}},
    {"coco_instances100", {NULL}},
    {"coco_instances100/instances_val2014_100.json --predicted "
     "fake=coco_instances100/instances_val2014_fakesegm100_results.json",
     {NULL}},
    {"dsb2018_nuclei/flat", {NULL}},
    {"--images dsb2018_nuclei/flat/images --actual dsb2018_nuclei/flat/masks --predicted "
     "dsb2018_nuclei/flat/prob_A_rf --predicted dsb2018_nuclei/flat/prob_B_logreg",
     {NULL}},
    {"--images dsb2018_nuclei/flat/images --actual dsb2018_nuclei/flat/instances16 --predicted "
     "dsb2018_nuclei/flat/instances16_A_rf",
     {"guessed instances16_A_rf 52", "guessed - 52", NULL}},
    {"dsb2018_nuclei/stage1_train --predicted dsb2018_nuclei/flat/pred_A_rf",
     {"unpaired - 47", NULL}},
    {"--actual dsb2018_nuclei/npy/actual_bool --predicted A=dsb2018_nuclei/npy/prob_A_rf_float32",
     {NULL}},
    {"--actual dsb2018_nuclei/npy/actual_int64 --predicted A=dsb2018_nuclei/npy/prob_A_rf_float32",
     {NULL}},
    {"panoptic_sample", {NULL}},
    {"--images panoptic_sample/input_images --actual panoptic_sample/panoptic_examples.json "
     "--predicted w=panoptic_sample/predictions_watershed.json",
     {NULL}},
    {"sod_soft", {"in-between - 1", "empty-actual - 1", "note forms - 1", NULL}},
    {"sod_soft --threshold 0.25", {"in-between - 1", "empty-actual - 1", "note forms - 1", NULL}},
    {"emotions_multilabel", {NULL}},
    {"--actual emotions_multilabel/actual.csv --predicted emotions_multilabel/prob_A_logreg.csv",
     {NULL}},
    {"--actual spine_nifti/semantic/ref.nii.gz --predicted spine_nifti/semantic/pred.nii.gz",
     {"swapped-classes pred 8", NULL}},
    {"spine_nifti", {"swapped-classes pred 8", NULL}},
    {"spine_nifti/semantic", {"swapped-classes pred 8", NULL}},
};

static JsonNode *
parse(const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *root = json_from_string(text, &error);

  g_assert_no_error(error);
  return root;
}

static char *
list_findings(JsonNode *report)
{
  JsonArray *findings = json_object_get_array_member(json_node_get_object(report), "findings");
  GString *lines = g_string_new(NULL);

  for (guint i = 0; i < json_array_get_length(findings); i++) {
    JsonObject *finding = json_array_get_object_element(findings, i);
    const char *model = json_object_get_string_member(finding, "model");

    if (g_str_equal(json_object_get_string_member(finding, "level"), "note"))
      g_string_append(lines, "note ");
    g_string_append_printf(lines, "%s %s %d\n", json_object_get_string_member(finding, "kind"),
                           model ? model : "-",
                           (int)json_object_get_int_member(finding, "examples"));
  }
  return g_string_free(lines, FALSE);
}

static char *
list_expected(const Command *command)
{
  GString *lines = g_string_new(NULL);

  for (guint i = 0; command->found[i]; i++)
    g_string_append_printf(lines, "%s\n", command->found[i]);
  return g_string_free(lines, FALSE);
}

static void
test_command(gconstpointer data)
{
  const Command *command = data;
  TestFolder folder = {NULL};
  g_autofree char *words = NULL;
  g_autofree char *found = NULL;
  g_autofree char *expected = list_expected(command);
  g_auto(Run) run = {0};
  g_autoptr(JsonNode) report = NULL;
  int status;

  if (!test_data()) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  folder.path = g_build_filename(test_data(), "data", NULL);
  words = g_strdup_printf("check --no-cache --examples all --format json %s", command->command);
  run = run_program(&folder, words);
  g_free(folder.path);
  g_assert_cmpstr(run.err, ==, "");
  report = parse(run.out);
  found = list_findings(report);
  g_assert_cmpstr(found, ==, expected);
  if (command->notice)
    assert_contains(run.out, command->notice);
  status = *expected && !g_str_has_prefix(expected, "note ") ? 3 : 0; /* notes come last */
  g_assert_cmpint(run.status, ==, status);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
    g_autofree char *path = g_strdup_printf("/real-checks/%u", i);

    g_test_add_data_func(path, &commands[i], test_command);
  }
  return g_test_run();
}
