/* SPDX-License-Identifier: MIT
 *
 * Ids that are where they should not be, or are not where they should: classes that are never
 * predicted, ignored labels that are, ids that the class table does not have.
 */
#include "set/check-private.h"
#include "set/compare-ids.h"
#include "set/describe.h"
#include "set/option-values.h"

/* A class is missed where so many examples have it: of fewer the model may know nothing. */
#define MIN_EXAMPLES 3
/* Of the counted pixels; fewer are strays. */
#define MIN_SHARE 0.0001
/* Of what is predicted as an ignored label; where so much is actual background, it is meant. */
#define SHARE_BACKGROUND 0.5

static const MsIdUse *
use_at(const MsIdUses *uses, guint index)
{
  return &g_array_index(uses->uses, MsIdUse, index);
}

static gboolean
is_in_list(guint32 id, const guint32 *ids, gsize n_ids)
{
  for (gsize i = 0; i < n_ids; i++)
    if (ids[i] == id)
      return TRUE;
  return FALSE;
}

/* Whether an id is one that masks may hold and that counts nowhere. */
static gboolean
is_ignored_label(const MsIdUses *uses, guint32 id)
{
  const MsClassTable *table = ms_set_get_classes(uses->evidence->set);

  return is_in_list(id, uses->rules->ignored, uses->rules->n_ignored) ||
         (table && id != MS_ID_NONE && !ms_class_table_find(table, id) &&
          ms_class_table_find_any(table, id));
}

/* Examples of a model whose masks hold one of some ids, predicted on counted pixels or actual. */
static void
add_examples(MsCheckFinding *finding, const MsIdUses *uses, const GArray *ids, gboolean actual)
{
  finding->n_looked = uses->evidence->n_examples;
  for (guint i = 0; i < uses->evidence->n_examples; i++) {
    const MsCheckPair *pair = &uses->evidence->examples[i].pairs[uses->model];
    const MsCell *cells = NULL;
    size_t n_cells = 0;

    if (pair->status != MS_RESULT_OK || !pair->joint ||
        ms_joint_cells(pair->joint, &cells, &n_cells) != MS_STATUS_OK)
      continue;
    for (size_t j = 0; j < n_cells; j++)
      if (!ms_rules_is_ignored(uses->rules, cells[j].actual) &&
          is_in_list(actual ? cells[j].actual : cells[j].predicted,
                     (const guint32 *)(const void *)ids->data, ids->len)) {
        ms_check_finding_add_example(finding, pair->example);
        break;
      }
  }
}

static MsValue
share_of(guint64 part, guint64 all)
{
  return (MsValue){all ? (double)part / (double)all : 0, .defined = all > 0};
}

/* --- never predicted ------------------------------------------------------------------------ */

static gboolean
predicts_classes(const MsIdUses *uses)
{
  for (guint i = 0; i < uses->uses->len; i++)
    if (use_at(uses, i)->n_predicted > 0 && ms_rules_is_class(uses->rules, use_at(uses, i)->id) &&
        !ms_id_uses_is_background(uses, use_at(uses, i)->id))
      return TRUE;
  return FALSE;
}

static void
add_never_predicted(const MsIdUses *uses, const GArray *ids, GPtrArray *findings)
{
  g_autofree char *names = ms_check_name_ids(uses->evidence, ids);
  g_autofree char *n_pairs = ms_describe_count(uses->n_pairs), *share = NULL;
  guint64 n_pixels = 0;
  MsCheckFinding *finding;

  for (guint i = 0; i < ids->len; i++)
    n_pixels += ms_id_uses_find(uses, g_array_index(ids, guint32, i))->n_actual;
  share = ms_describe_ratio(share_of(100 * n_pixels, uses->n_counted), 2);
  finding = ms_check_add(
      findings, MS_CHECK_NEVER_PREDICTED, MS_SURENESS_POSSIBLE, uses->model,
      ids->len == 1 ? g_strdup_printf("Class %s is never predicted", names)
                    : g_strdup_printf("%u classes are never predicted", ids->len),
      g_strdup_printf(
          "In %s %s that were looked at, no pixel is predicted as %s, which %s %s %% of "
          "the actual pixels. The model may not know %s, or write %s otherwise",
          n_pairs, uses->n_pairs == 1 ? "example" : "examples", names,
          ids->len == 1 ? "has" : "have", share, ids->len == 1 ? "it" : "them",
          ids->len == 1 ? "it" : "them"));
  add_examples(finding, uses, ids, TRUE);
}

static void
check_never_predicted(const MsIdUses *uses, GPtrArray *findings)
{
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_autoptr(GArray) voids = g_array_new(FALSE, FALSE, sizeof(guint32));
  const char *known_by = NULL;

  for (guint i = 0; i < uses->uses->len; i++) {
    const MsIdUse *use = use_at(uses, i);

    if (use->n_actual == 0 || use->n_predicted > 0 || ms_id_uses_is_background(uses, use->id) ||
        use->n_examples < MIN(MIN_EXAMPLES, uses->n_pairs))
      continue;
    if (ms_check_is_void(uses, use->id, &known_by))
      g_array_append_val(voids, use->id);
    else
      g_array_append_val(ids, use->id);
  }
  if (!predicts_classes(uses))
    return;
  if (ids->len > 0)
    add_never_predicted(uses, ids, findings);
  if (voids->len > 0)
    add_examples(ms_check_add_void(uses, voids, known_by, findings), uses, voids, TRUE);
}

/* --- ignored labels ------------------------------------------------------------------------- */

/* Whether what is predicted as some ids lies on actual background. */
static gboolean
means_background(const MsIdUses *uses, const GArray *ids)
{
  guint64 n_predicted = 0, n_background = 0;

  if (uses->rules->background < 0)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    guint32 id = g_array_index(ids, guint32, i);

    n_predicted += ms_id_uses_find(uses, id)->n_predicted;
    n_background += ms_id_uses_pixels(uses, (guint32)uses->rules->background, id);
  }
  return n_background >= SHARE_BACKGROUND * n_predicted;
}

static void
offer_background(const MsIdUses *uses, const GArray *ids, MsCheckFinding *finding)
{
  g_autoptr(MsIdMap) map = ms_id_map_new();
  g_auto(MsCheckEffect) effect = {0};
  MsAdjustment *adjustment = ms_adjustment_new(NULL);

  for (guint i = 0; i < ids->len; i++)
    ms_check_map(map, g_array_index(ids, guint32, i), (guint32)uses->rules->background);
  ms_check_effect_init_map(&effect, uses->evidence, uses->model, map);
  finding->before = effect.before;
  finding->after = effect.after;
  finding->n_scored = effect.n_scored;
  adjustment->ids = ms_id_map_copy(map);
  ms_check_finding_adjust(uses->evidence, finding, adjustment,
                          g_strdup("Take what is predicted so for background"));
}

static void
check_ignored(const MsIdUses *uses, GPtrArray *findings)
{
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_autofree char *names = NULL, *share = NULL;
  guint64 n_pixels = 0;
  MsCheckFinding *finding;

  for (guint i = 0; i < uses->uses->len; i++) {
    const MsIdUse *use = use_at(uses, i);

    if (use->n_predicted == 0 || !is_ignored_label(uses, use->id))
      continue;
    g_array_append_val(ids, use->id);
    n_pixels += use->n_predicted;
  }
  if (ids->len == 0 || n_pixels < MIN_SHARE * uses->n_counted)
    return;
  names = ms_check_name_ids(uses->evidence, ids);
  share = ms_describe_ratio(share_of(100 * n_pixels, uses->n_counted), 2);
  finding = ms_check_add(
      findings, MS_CHECK_IGNORED_PREDICTED, MS_SURENESS_LIKELY, uses->model,
      ids->len == 1 ? g_strdup_printf("The ignored label %s is predicted", names)
                    : g_strdup_printf("%u ignored labels are predicted", ids->len),
      g_strdup_printf(
          "%s %% of the pixels that count are predicted as %s, which counts as no class: "
          "only actual pixels of it are left out",
          share, names));
  add_examples(finding, uses, ids, FALSE);
  if (means_background(uses, ids))
    offer_background(uses, ids, finding);
  else
    finding->remedy = g_strdup("Let the model choose among the classes that count: these pixels "
                               "are misses of the classes that they are");
}

/* --- ids that the table does not have ------------------------------------------------------- */

static gboolean
is_outside(const MsIdUses *uses, const MsClassTable *table, guint32 id)
{
  return id == MS_ID_NONE ||
         (table && !ms_class_table_find_any(table, id) && !is_ignored_label(uses, id));
}

static void
check_outside(const MsIdUses *uses, GPtrArray *findings)
{
  const MsClassTable *table = ms_set_get_classes(uses->evidence->set);
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_autofree char *names = NULL, *share = NULL;
  guint64 n_pixels = 0;
  MsCheckFinding *finding;

  for (guint i = 0; table && i < uses->uses->len; i++) {
    const MsIdUse *use = use_at(uses, i);

    if (use->n_predicted == 0 || !is_outside(uses, table, use->id))
      continue;
    g_array_append_val(ids, use->id);
    n_pixels += use->n_predicted;
  }
  if (ids->len == 0 || n_pixels < MIN_SHARE * uses->n_counted)
    return;
  names = ms_check_name_ids(uses->evidence, ids);
  share = ms_describe_ratio(share_of(100 * n_pixels, uses->n_counted), 2);
  finding = ms_check_add(
      findings, MS_CHECK_OUTSIDE_TABLE, MS_SURENESS_LIKELY, uses->model,
      g_strdup("Predictions hold what the class table does not have"),
      g_strdup_printf("%s %% of the pixels that count are predicted as %s, which %s does not have: "
                      "each is a miss",
                      share, names, table->source));
  finding->remedy = g_strdup("Name these ids in the class table, or map them to classes");
  finding->before = ms_check_mean_iou(uses->evidence, uses->model, NULL, NULL, &finding->n_scored);
  add_examples(finding, uses, ids, FALSE);
}

/* Ids of an actual mask that are neither classes nor known to count nowhere. */
static void
list_outsiders(const MsCheckEvidence *evidence, const MsCheckFile *actual, GArray *ids)
{
  const MsReading *reading = ms_set_get_actual_reading(evidence->set);
  const MsClassTable *table = ms_set_get_classes(evidence->set);

  for (guint i = 0; actual->values && i < actual->values->len; i++) {
    guint32 value = g_array_index(actual->values, guint32, i);
    guint32 id = reading->ids ? ms_id_map_get(reading->ids, value) : value;

    if (!ms_class_table_find_any(table, id) && !MS_SAMPLE_IS_NEGATIVE(id) &&
        !is_in_list(id, (const guint32 *)(const void *)reading->ignored->data,
                    reading->ignored->len))
      g_array_append_val(ids, id);
  }
}

static void
sort_once(GArray *ids)
{
  guint n = 0;

  g_array_sort(ids, ms_compare_ids);
  for (guint i = 0; i < ids->len; i++)
    if (n == 0 || g_array_index(ids, guint32, n - 1) != g_array_index(ids, guint32, i))
      g_array_index(ids, guint32, n++) = g_array_index(ids, guint32, i);
  g_array_set_size(ids, n);
}

/* "3,7,255": those that are ignored now, and these. */
static char *
ignore_text(const MsReading *reading, const GArray *ids)
{
  g_autoptr(GArray) all = g_array_copy((GArray *)reading->ignored);
  GString *text = g_string_new(NULL);

  g_array_append_vals(all, ids->data, ids->len);
  sort_once(all);
  for (guint i = 0; i < all->len; i++)
    g_string_append_printf(text, "%s%d", i ? "," : "", (int)g_array_index(all, guint32, i));
  return g_string_free(text, FALSE);
}

void
ms_check_offer_ignore(const MsCheckEvidence *evidence, const GArray *ids, MsCheckFinding *finding,
                      char *remedy)
{
  g_autofree char *value = ignore_text(ms_set_get_actual_reading(evidence->set), ids);
  g_autoptr(MsOptions) options = ms_options_copy(ms_set_get_options(evidence->set));

  if (ms_options_set_ignore(options, "--ignore", value, NULL))
    ms_check_finding_set_option(finding, g_steal_pointer(&options), "--ignore", "Ignore", value,
                                remedy);
  else
    finding->remedy = remedy;
}

void
ms_check_actual_ids(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  const MsClassTable *table = ms_set_get_classes(evidence->set);
  const MsReading *reading = ms_set_get_actual_reading(evidence->set);
  g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(guint));
  g_autofree char *names = NULL;
  MsCheckFinding *finding;

  if (!table || !reading || reading->encoding != MS_ENCODING_CLASSES)
    return;
  for (guint i = 0; i < evidence->n_examples; i++) {
    guint n = all->len;

    list_outsiders(evidence, &evidence->examples[i].actual, all);
    if (all->len > n)
      g_array_append_val(examples, evidence->examples[i].example);
    sort_once(all);
  }
  if (all->len == 0)
    return;
  names = ms_check_name_ids(evidence, all);
  finding = ms_check_add(findings, MS_CHECK_OUTSIDE_TABLE, MS_SURENESS_CERTAIN, G_MAXUINT,
                         g_strdup("Actual masks hold ids that the class table does not have"),
                         g_strdup_printf("%s does not have %s. %s", table->source, names,
                                         table->ignore_unlisted
                                             ? "Pixels of such ids count nowhere"
                                             : "Examples that hold such an id are not scored"));
  finding->n_looked = evidence->n_examples;
  for (guint i = 0; i < examples->len; i++)
    ms_check_finding_add_example(finding, g_array_index(examples, guint, i));
  if (table->ignore_unlisted)
    finding->remedy = g_strdup("Use the class table that these masks were made with");
  else
    ms_check_offer_ignore(evidence, all, finding,
                          g_strdup("Leave their pixels out, or name these ids in the class table"));
}

void
ms_check_id_presence(const MsIdUses *uses, GPtrArray *findings)
{
  check_never_predicted(uses, findings);
  check_ignored(uses, findings);
  check_outside(uses, findings);
}
