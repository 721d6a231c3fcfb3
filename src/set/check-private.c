/* SPDX-License-Identifier: MIT
 *
 * What several detectors need to say what they found, and how it is mended.
 */
#include "set/check-private.h"

/* Ids that are named one by one. */
#define MAX_NAMES 6

gboolean
ms_check_has(const GPtrArray *findings, MsCheckKind kind, guint model)
{
  for (guint i = 0; i < findings->len; i++) {
    const MsCheckFinding *finding = findings->pdata[i];

    if (finding->kind == kind && finding->model == model)
      return TRUE;
  }
  return FALSE;
}

static char *
id_text(guint32 id)
{
  return id > G_MAXINT32 ? g_strdup_printf("%d", (gint32)id) : g_strdup_printf("%u", id);
}

void
ms_check_map(MsIdMap *map, guint32 from, guint32 to)
{
  g_autofree char *from_text = id_text(from);
  g_autofree char *to_text = to == MS_ID_NONE ? g_strdup("ignore") : id_text(to);

  ms_id_map_add(map, from_text, to_text, NULL);
}

MsSureness
ms_check_sureness(guint n_pairs)
{
  return n_pairs >= MS_CHECK_ENOUGH_PAIRS ? MS_SURENESS_LIKELY : MS_SURENESS_POSSIBLE;
}

MsCheckFinding *
ms_check_add_map(const MsIdUses *uses, GPtrArray *findings, MsCheckKind kind, MsSureness sureness,
                 const MsCheckEffect *effect, const MsIdMap *map, char *title, char *detail,
                 char *remedy)
{
  MsAdjustment *adjustment;
  MsCheckFinding *finding = ms_check_add(findings, kind, sureness, uses->model, title, detail);

  ms_check_effect_tell(effect, uses->evidence, finding);
  if (ms_set_get_predicted_reading(uses->evidence->set, uses->model)->encoding !=
      MS_ENCODING_CLASSES) {
    finding->remedy = remedy;
    return finding;
  }
  adjustment = ms_adjustment_new(NULL);
  adjustment->ids = ms_id_map_copy(map);
  ms_check_finding_adjust(uses->evidence, finding, adjustment, remedy);
  return finding;
}

void
ms_check_finding_set_option(MsCheckFinding *finding, MsOptions *options, const char *name,
                            const char *key, const char *value, char *remedy)
{
  finding->options = options;
  finding->remedy = remedy;
  finding->option = g_strdup_printf("%s %s", name, value);
  finding->line = g_strdup_printf("[Set]\n%s=%s", key, value);
}

static char *
name_id(const MsCheckEvidence *evidence, guint32 id)
{
  MsClassTable *table = ms_set_get_classes(evidence->set);
  const MsClass *class = table ? ms_class_table_find_any(table, id) : NULL;

  if (id == MS_ID_NONE)
    return g_strdup("no class");
  return class ? g_strdup_printf("%s (%u)", class->name, id) : id_text(id);
}

char *
ms_check_name_ids(const MsCheckEvidence *evidence, const GArray *ids)
{
  GString *text = g_string_new(NULL);
  guint n_named = ids->len > MAX_NAMES + 1 ? MAX_NAMES : ids->len;

  for (guint i = 0; i < n_named; i++) {
    g_autofree char *name = name_id(evidence, g_array_index(ids, guint32, i));

    g_string_append(text, i == 0 ? "" : i + 1 == ids->len ? " and " : ", ");
    g_string_append(text, name);
  }
  if (n_named < ids->len)
    g_string_append_printf(text, " and %u more", ids->len - n_named);
  return g_string_free(text, FALSE);
}
