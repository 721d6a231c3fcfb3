/* SPDX-License-Identifier: MIT
 *
 * Predicted ids by another convention than the actual ones: Cityscapes' trainIds against its label
 * ids, or both under the table of the other. Each is a map that is tried on the pairs; what helps
 * most of them, and much, is it.
 */
#include "set/check-private.h"

#include <string.h>

#define VOID_ID 255u

typedef struct {
  const MsIdUses *uses;
  MsClassTable *labels; /* Cityscapes by label id, */
  MsClassTable *trains; /* and by trainId: the same classes in the same order */
  GPtrArray *findings;
} Tables;

static gboolean
is_train_id(const Tables *self, guint32 id)
{
  return id == VOID_ID || id == MS_ID_NONE || ms_class_table_find(self->trains, id);
}

static gboolean
is_label_id(const Tables *self, guint32 id)
{
  return id == VOID_ID || id == MS_ID_NONE || ms_class_table_find_any(self->labels, id);
}

/* Ids of a side: all are of the convention. *beyond: one is there that trainIds do not have. */
static gboolean
all_are(const Tables *self, gboolean actual, gboolean trains, gboolean *beyond)
{
  *beyond = FALSE;
  for (guint i = 0; i < self->uses->uses->len; i++) {
    const MsIdUse *use = &g_array_index(self->uses->uses, MsIdUse, i);

    if ((actual ? use->n_actual + use->n_ignored : use->n_predicted) == 0)
      continue;
    if (!(trains ? is_train_id(self, use->id) : is_label_id(self, use->id)))
      return FALSE;
    *beyond |= !is_train_id(self, use->id);
  }
  return TRUE;
}

static MsIdMap *
map_trains_to_labels(const Tables *self)
{
  MsIdMap *map = ms_id_map_new();

  for (gsize i = 0; i < self->trains->n_classes; i++)
    ms_check_map(map, self->trains->ids[i], self->labels->ids[i]);
  return map;
}

static MsIdMap *
map_labels_to_trains(const Tables *self)
{
  MsIdMap *map = ms_id_map_new();

  for (gsize i = 0; i < self->labels->n_classes; i++)
    ms_check_map(map, self->labels->ids[i], self->trains->ids[i]);
  for (gsize i = 0; i < self->labels->n_others; i++)
    if (self->labels->others[i].id < VOID_ID)
      ms_check_map(map, self->labels->others[i].id, VOID_ID);
  return map;
}

/* TRUE: a finding was made. */
static gboolean
try_trains(const Tables *self, gboolean predicted_trains)
{
  g_autoptr(MsIdMap) map =
      predicted_trains ? map_trains_to_labels(self) : map_labels_to_trains(self);
  g_auto(MsCheckEffect) effect = {0};
  const char *predicted = predicted_trains ? "trainIds, 0 to 18" : "label ids, 0 to 33";
  const char *actual = predicted_trains ? "label ids, 0 to 33" : "trainIds, 0 to 18";

  ms_check_effect_init_map(&effect, self->uses->evidence, self->uses->model, map);
  if (!ms_check_effect_helps(&effect, MS_CHECK_GAIN))
    return FALSE;
  ms_check_add_map(
      self->uses, self->findings, MS_CHECK_TRAIN_IDS, ms_check_sureness(effect.n_changed), &effect,
      map,
      g_strdup_printf("Predictions hold %s, actual masks %s",
                      predicted_trains ? "trainIds" : "label ids",
                      predicted_trains ? "label ids" : "trainIds"),
      g_strdup_printf("Predicted ids are like Cityscapes' %s; the actual ones are like its %s",
                      predicted, actual),
      g_strdup_printf("Read predicted %s as the %s of the same classes",
                      predicted_trains ? "trainIds" : "label ids",
                      predicted_trains ? "label ids" : "trainIds"));
  return TRUE;
}

static gboolean
check_cityscapes(const Tables *self)
{
  gboolean actual_beyond, predicted_beyond;

  if (all_are(self, FALSE, TRUE, &predicted_beyond) && all_are(self, TRUE, FALSE, &actual_beyond) &&
      actual_beyond)
    return try_trains(self, TRUE);
  if (all_are(self, TRUE, TRUE, &actual_beyond) && all_are(self, FALSE, FALSE, &predicted_beyond) &&
      predicted_beyond)
    return try_trains(self, FALSE);
  return FALSE;
}

/* --- the wrong table ------------------------------------------------------------------------ */

/* Masks that hold one convention, under a table of the other one. */
static MsConfusion *
recount(const MsCheckEvidence *evidence, const MsCheckPair *pair, gpointer user)
{
  const MsClassTable *table = user;
  MsRules rules = ms_set_get_rules(evidence->set, pair->model)->rules;
  g_autoptr(MsConfusion) confusion = NULL;

  rules.classes = table->ids;
  rules.n_classes = table->n_classes;
  if (!pair->joint || ms_confusion_new(&rules, &confusion) != MS_STATUS_OK ||
      ms_confusion_add_joint(confusion, pair->joint, NULL) != MS_STATUS_OK)
    return NULL;
  return g_steal_pointer(&confusion);
}

static gboolean
check_table(const Tables *self)
{
  const MsIdUses *uses = self->uses;
  const MsClassTable *table = ms_set_get_classes(uses->evidence->set);
  const MsIdUse *road = ms_id_uses_find(uses, 0), *sidewalk = ms_id_uses_find(uses, 1);
  g_auto(MsCheckEffect) effect = {0};
  MsOptions *options;
  MsCheckFinding *finding;
  gboolean beyond;

  if (!table || g_strcmp0(table->source, "cityscapes") != 0 || !road || !sidewalk ||
      uses->n_pairs < MS_CHECK_ENOUGH_PAIRS || !all_are(self, TRUE, TRUE, &beyond) ||
      !all_are(self, FALSE, TRUE, &beyond))
    return FALSE;
  ms_check_effect_init(&effect, uses->evidence, uses->model, recount, self->trains);
  finding = ms_check_add(
      self->findings, MS_CHECK_TRAIN_IDS, MS_SURENESS_LIKELY, uses->model,
      g_strdup("Masks hold trainIds, the class table has label ids"),
      g_strdup("No id above 18 is in any mask but 255, and 0 and 1 are, as Cityscapes' trainIds "
               "have it; under label ids 0 to 6 count nowhere"));
  finding->before = effect.before;
  finding->after = effect.after;
  finding->n_scored = effect.n_scored;
  finding->n_looked = uses->evidence->n_examples;
  for (guint i = 0; i < uses->evidence->n_examples; i++)
    if (uses->evidence->examples[i].pairs[uses->model].status == MS_RESULT_OK)
      ms_check_finding_add_example(finding, uses->evidence->examples[i].example);
  options = ms_options_copy(ms_set_get_options(uses->evidence->set));
  g_free(options->classes);
  options->classes = g_strdup("cityscapes-train");
  g_clear_pointer(&options->table, ms_class_table_free);
  ms_check_finding_set_option(finding, options, "--classes", "Classes", "cityscapes-train",
                              g_strdup("Use the class table of trainIds"));
  return TRUE;
}

gboolean
ms_check_id_tables(const MsIdUses *uses, GPtrArray *findings)
{
  g_autoptr(MsClassTable) labels = ms_class_table_by_name("cityscapes");
  g_autoptr(MsClassTable) trains = ms_class_table_by_name("cityscapes-train");
  const Tables tables = {uses, labels, trains, findings};

  return check_table(&tables) || check_cityscapes(&tables);
}
