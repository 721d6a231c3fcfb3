/* SPDX-License-Identifier: MIT
 *
 * A label of the actual masks that stands for "no class", that no model is taught to predict, and
 * that counts all the same because nothing told the set to ignore it: each of its pixels is a miss.
 * Known by its name; without a class table, by a named table that the masks fit as a whole.
 */
#include <string.h>

#include "set/check-private.h"
#include "set/compare-ids.h"
#include "set/describe.h"
#include "set/option-values.h"
#include "set/pair.h"

/* As names are compared: lower case, letters alone. */
static const char *const void_names[] = {
    "void",      "unlabeled", "unlabelled",  "notlabeled",  "notlabelled", "ignore",   "ignored",
    "undefined", "unknown",   "ignorelabel", "unannotated", "dontcare",    "outofroi",
};

/* Tables whose void label has an id of its own among those of classes. */
static const char *const tables[] = {"camvid", "cityscapes", "coco-panoptic", "ade20k"};

static gboolean
is_void_name(const char *name)
{
  g_autoptr(GString) letters = g_string_new(NULL);

  for (const char *c = name; *c; c++)
    if (g_ascii_isalpha(*c))
      g_string_append_c(letters, g_ascii_tolower(*c));
  for (gsize i = 0; i < G_N_ELEMENTS(void_names); i++)
    if (g_str_equal(letters->str, void_names[i]))
      return TRUE;
  return FALSE;
}

/* Every id is one of the table's, and every class of it occurs. */
static gboolean
fits(const MsIdUses *uses, const MsClassTable *table)
{
  for (guint i = 0; i < uses->uses->len; i++)
    if (!ms_class_table_find_any(table, g_array_index(uses->uses, MsIdUse, i).id))
      return FALSE;
  for (gsize i = 0; i < table->n_classes; i++)
    if (!ms_id_uses_find(uses, table->ids[i]))
      return FALSE;
  return TRUE;
}

gboolean
ms_check_is_void(const MsIdUses *uses, guint32 id, const char **known_by)
{
  const MsClassTable *table = ms_set_get_classes(uses->evidence->set);
  const MsClass *class = table ? ms_class_table_find(table, id) : NULL;

  if (table)
    return class && is_void_name(class->name);
  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    g_autoptr(MsClassTable) known = ms_class_table_by_name(tables[i]);

    if (ms_class_table_find(known, id) || !fits(uses, known))
      continue;
    *known_by = tables[i];
    return TRUE;
  }
  return FALSE;
}

/* --- what ignoring does --------------------------------------------------------------------- */

static MsConfusion *
recount(const MsCheckEvidence *evidence, const MsCheckPair *pair, gpointer ids)
{
  MsRules rules = ms_set_get_rules(evidence->set, pair->model)->rules;
  g_autoptr(GArray) ignored = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_autoptr(MsConfusion) confusion = NULL;
  const MsCell *cells;
  size_t n_cells;

  g_array_append_vals(ignored, rules.ignored, (guint)rules.n_ignored);
  g_array_append_vals(ignored, ((GArray *)ids)->data, ((GArray *)ids)->len);
  g_array_sort(ignored, ms_compare_ids);
  rules.ignored = (const guint32 *)(const void *)ignored->data;
  rules.n_ignored = ignored->len;
  if (!pair->joint || ms_joint_cells(pair->joint, &cells, &n_cells) != MS_STATUS_OK ||
      ms_confusion_new(&rules, &confusion) != MS_STATUS_OK ||
      ms_confusion_add_cells(confusion, cells, n_cells, NULL) != MS_STATUS_OK)
    return NULL;
  return g_steal_pointer(&confusion);
}

MsCheckFinding *
ms_check_add_void(const MsIdUses *uses, const GArray *ids, const char *known_by,
                  GPtrArray *findings)
{
  g_autofree char *names = ms_check_name_ids(uses->evidence, ids);
  g_autofree char *share = NULL;
  g_auto(MsCheckEffect) effect = {0};
  MsCheckFinding *finding;
  guint64 n_pixels = 0;

  for (guint i = 0; i < ids->len; i++)
    n_pixels += ms_id_uses_find(uses, g_array_index(ids, guint32, i))->n_actual;
  share = ms_describe_ratio(
      (MsValue){100 * (double)n_pixels / (double)uses->n_counted, .defined = TRUE}, 2);
  finding = ms_check_add(
      findings, MS_CHECK_NEVER_PREDICTED, known_by ? MS_SURENESS_POSSIBLE : MS_SURENESS_LIKELY,
      uses->model,
      ids->len == 1 ? g_strdup_printf("Label %s counts as a class, and is never predicted", names)
                    : g_strdup_printf("Labels %s count as classes, and are never predicted", names),
      NULL);
  finding->detail =
      known_by ? g_strdup_printf("These masks fit the table %s, where %s is void. Here each of its "
                                 "pixels is a miss: %s %% of the actual ones",
                                 known_by, names, share)
               : g_strdup_printf("By %s no class is meant, but each of %s pixels is a miss: %s %% "
                                 "of the actual ones",
                                 names, ids->len == 1 ? "its" : "their", share);
  ms_check_effect_init(&effect, uses->evidence, uses->model, recount, (gpointer)ids);
  finding->before = effect.before;
  finding->after = effect.after;
  finding->n_scored = effect.n_scored;
  ms_check_offer_ignore(uses->evidence, ids, finding,
                        g_strdup("Ignore what the actual masks hold of it"));
  return finding;
}
