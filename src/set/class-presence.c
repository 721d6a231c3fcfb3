/* SPDX-License-Identifier: MIT */
#include "set/class-presence.h"

struct MsClassPresence {
  MsSet *set;
  guint model;
  const MsResults *results;
  const MsRuleset *rules;
  guint32 id;
  gboolean shared; /* other classes may have the same bit */
  GArray *cells;   /* MsCell, used again and again */
};

/* The bit of a class is no other class's. */
static gboolean
has_bit_alone(const MsClassPresence *presence)
{
  const MsRules *rules = &presence->rules->rules;
  const MsLabelData *labels = ms_set_get_labels(presence->set);

  if (!ms_comparison_has_classes(rules->comparison))
    return TRUE;
  if (labels && ms_label_data_n_labels(labels) <= 64)
    return TRUE;
  if (!rules->classes)
    return FALSE;
  for (gsize i = 0; i < rules->n_classes; i++)
    if (rules->classes[i] != presence->id && rules->classes[i] % 64 == presence->id % 64)
      return FALSE;
  return TRUE;
}

MsClassPresence *
ms_class_presence_new(MsSet *set, guint model, const MsResults *results, const MsRuleset *rules,
                      guint32 class_id)
{
  MsClassPresence *presence = g_new0(MsClassPresence, 1);

  presence->set = set;
  presence->model = model;
  presence->results = results;
  presence->rules = rules;
  presence->id = class_id;
  presence->shared = !has_bit_alone(presence);
  presence->cells = g_array_new(FALSE, FALSE, sizeof(MsCell));
  return presence;
}

void
ms_class_presence_free(MsClassPresence *presence)
{
  if (!presence)
    return;
  g_array_unref(presence->cells);
  g_free(presence);
}

gboolean
ms_class_presence_may_occur(const MsClassPresence *presence, const MsRecord *record)
{
  return record->status == MS_RESULT_OK && record->classes >> presence->id % 64 & 1;
}

static gboolean
occurs_in_cells(const MsClassPresence *presence)
{
  for (guint i = 0; i < presence->cells->len; i++) {
    const MsCell *cell = &g_array_index(presence->cells, MsCell, i);

    if ((cell->actual == presence->id || cell->predicted == presence->id) &&
        !ms_rules_is_ignored(&presence->rules->rules, cell->actual))
      return TRUE;
  }
  return FALSE;
}

static gboolean
occurs_in_counts(const MsClassPresence *presence, const MsConfusion *confusion)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  for (size_t i = 0; i < n_classes; i++)
    if (classes[i].id == presence->id)
      return classes[i].counts.tp + classes[i].counts.fp + classes[i].counts.fn > 0;
  return FALSE;
}

static gboolean
occurs_in_labels(const MsClassPresence *presence, guint example)
{
  const MsRules *rules = &presence->rules->rules;
  MsConfusion *confusion = NULL;
  gboolean occurs =
      ms_confusion_new(rules, &confusion) == MS_STATUS_OK &&
      ms_label_data_count(ms_set_get_labels(presence->set), ms_set_get_row(presence->set, example),
                          presence->model, presence->rules->threshold, confusion) == MS_STATUS_OK &&
      occurs_in_counts(presence, confusion);

  ms_confusion_free(confusion);
  return occurs;
}

static gboolean
occurs_in_packed(const MsClassPresence *presence, const MsPacked *packed)
{
  const MsRules *rules = &presence->rules->rules;
  MsConfusion *confusion = NULL;
  gboolean occurs;

  if (rules->comparison == MS_COMPARE_CLASSES)
    return ms_packed_cells(packed, presence->cells) == MS_STATUS_OK && occurs_in_cells(presence);
  occurs = ms_packed_count(packed, rules, &confusion, NULL) == MS_STATUS_OK &&
           occurs_in_counts(presence, confusion);
  ms_confusion_free(confusion);
  return occurs;
}

gboolean
ms_class_presence_occurs(MsClassPresence *presence, guint example)
{
  g_autoptr(MsPacked) packed = NULL;

  if (!presence->shared)
    return TRUE;
  if (ms_set_get_labels(presence->set))
    return occurs_in_labels(presence, example);
  packed = ms_results_dup_packed(presence->results, example);
  return packed && occurs_in_packed(presence, packed);
}
