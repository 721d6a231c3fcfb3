/* SPDX-License-Identifier: MIT
 *
 * What the detectors of a check share: findings, and how scores would be otherwise.
 */
#include "set/check-private.h"

#include <stdlib.h>
#include <string.h>

#include "set/describe.h"
#include "set/maskset-write.h"
#include "set/pair.h"

/* Examples that a sentence names. */
#define N_NAMED 3

void
ms_check_finding_free(MsCheckFinding *finding)
{
  if (!finding)
    return;
  g_array_unref(finding->examples);
  g_clear_pointer(&finding->also, g_array_unref);
  g_free(finding->title);
  g_free(finding->detail);
  g_free(finding->remedy);
  g_free(finding->option);
  g_free(finding->line);
  g_clear_pointer(&finding->adjustment, ms_adjustment_free);
  g_clear_pointer(&finding->options, ms_options_free);
  g_free(finding);
}

MsCheckFinding *
ms_check_add(GPtrArray *findings, MsCheckKind kind, MsSureness sureness, guint model, char *title,
             char *detail)
{
  MsCheckFinding *finding = g_new0(MsCheckFinding, 1);

  finding->kind = kind;
  finding->sureness = sureness;
  finding->model = model;
  finding->examples = g_array_new(FALSE, FALSE, sizeof(guint));
  finding->title = title;
  finding->detail = detail;
  g_ptr_array_add(findings, finding);
  return finding;
}

void
ms_check_finding_add_example(MsCheckFinding *finding, guint example)
{
  GArray *examples = finding->examples;

  finding->n_examples++;
  if (examples->len < MS_CHECK_N_SHOWN)
    g_array_append_val(examples, example);
}

char *
ms_check_name_examples(const MsCheckEvidence *evidence, const MsCheckFinding *finding)
{
  GString *names = g_string_new(NULL);
  guint n_named = MIN(finding->examples->len, N_NAMED);
  g_autofree char *more = ms_describe_count(finding->n_examples - n_named);

  for (guint i = 0; i < n_named; i++) {
    gboolean last = i + 1 == n_named && n_named == finding->n_examples;

    g_string_append(names, i == 0 ? "" : last ? " and " : ", ");
    g_string_append(names,
                    ms_set_get_id(evidence->set, g_array_index(finding->examples, guint, i)));
  }
  if (finding->n_examples > n_named)
    g_string_append_printf(names, " and %s more", more);
  return g_string_free(names, FALSE);
}

double
ms_check_iou(const MsConfusion *confusion)
{
  MsValue iou = confusion ? ms_confusion_score(confusion, MS_METRIC_IOU) : (MsValue){0};

  return iou.defined ? iou.value : 0;
}

const MsCheckTrial *
ms_check_find_trial(const MsCheckPair *pair, MsTurn turn, int shift_x, int shift_y)
{
  for (guint i = 0; pair->trials && i < pair->trials->len; i++) {
    const MsCheckTrial *trial = &g_array_index(pair->trials, MsCheckTrial, i);

    if (trial->turn == turn && trial->shift_x == shift_x && trial->shift_y == shift_y)
      return trial;
  }
  return NULL;
}

MsValue
ms_check_mean_iou(const MsCheckEvidence *evidence, guint model, MsCheckOther other, gpointer user,
                  guint *n_scored)
{
  double sum = 0;
  guint n_defined = 0;

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckPair *pair = &evidence->examples[i].pairs[model];
    const MsConfusion *confusion;
    MsValue iou;

    confusion = other ? other(pair, user) : NULL;
    if (!confusion)
      confusion = pair->confusion;
    iou = confusion ? ms_confusion_score(confusion, MS_METRIC_IOU) : (MsValue){0};
    if (!iou.defined)
      continue;
    sum += iou.value;
    n_defined++;
  }
  if (n_scored)
    *n_scored = n_defined;
  return (MsValue){.value = n_defined ? sum / n_defined : 0, .defined = n_defined > 0};
}

void
ms_check_finding_rescue(const MsCheckEvidence *evidence, MsCheckFinding *finding,
                        MsCheckOther other, gpointer user)
{
  guint n_before;

  finding->before = ms_check_mean_iou(evidence, finding->model, NULL, NULL, &n_before);
  finding->after = ms_check_mean_iou(evidence, finding->model, other, user, &finding->n_scored);
  finding->n_unscored = finding->n_scored - n_before;
}

/* The caller's to free(); NULL: no memory. */
static MsCell *
map_cells(const MsCell *cells, gsize n_cells, const MsIdMap *map)
{
  MsCell *mapped = malloc(MAX(n_cells, 1) * sizeof *mapped);

  for (gsize i = 0; mapped && i < n_cells; i++) {
    mapped[i] = cells[i];
    mapped[i].predicted = ms_id_map_get(map, cells[i].predicted);
  }
  return mapped;
}

MsConfusion *
ms_check_remap(const MsCheckEvidence *evidence, const MsCheckPair *pair, const MsIdMap *map)
{
  const MsRules *rules = &ms_set_get_rules(evidence->set, pair->model)->rules;
  g_autoptr(MsConfusion) confusion = NULL;
  const MsCell *cells;
  size_t n_cells;
  MsCell *mapped;
  MsStatus status;

  if (!pair->joint || ms_joint_cells(pair->joint, &cells, &n_cells) != MS_STATUS_OK ||
      ms_confusion_new(rules, &confusion) != MS_STATUS_OK)
    return NULL;
  mapped = map_cells(cells, n_cells, map);
  status = mapped ? ms_cells_sort(mapped, &n_cells) : MS_STATUS_NO_MEMORY;
  if (status == MS_STATUS_OK)
    status = ms_confusion_add_cells(confusion, mapped, n_cells, NULL);
  free(mapped);
  return status == MS_STATUS_OK ? g_steal_pointer(&confusion) : NULL;
}

char *
ms_check_quote(const char *argument)
{
  static const char plain[] = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_./:,=";

  return argument[strspn(argument, plain)] == '\0' ? g_strdup(argument) : g_shell_quote(argument);
}

void
ms_check_finding_adjust(const MsCheckEvidence *evidence, MsCheckFinding *finding,
                        MsAdjustment *taken, char *remedy)
{
  const char *model = ms_set_get_model_name(evidence->set, finding->model);
  g_autoptr(MsAdjustment) adjustment = taken;
  g_autoptr(MsOptions) options = ms_options_copy(ms_set_get_options(evidence->set));
  g_autofree char *argument = NULL, *text = NULL, *quoted = NULL;

  finding->remedy = remedy;
  g_free(adjustment->model);
  adjustment->model = g_strdup(model);
  if (!ms_options_adjust(options, adjustment))
    return;
  finding->adjustment = ms_adjustment_copy(ms_options_find_adjustment(options, model));
  finding->options = g_steal_pointer(&options);
  argument = ms_adjustment_to_argument(finding->adjustment);
  text = ms_adjustment_to_text(finding->adjustment);
  quoted = ms_check_quote(argument);
  finding->option = g_strdup_printf("--adjust %s", quoted);
  if (ms_maskset_can_name(model))
    finding->line = g_strdup_printf("[Adjust]\n%s=%s", model, *text ? text : "none");
}
