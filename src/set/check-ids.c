/* SPDX-License-Identifier: MIT
 *
 * Findings of ids, from the general to the particular: where predicted ids follow another
 * convention or are others altogether, what that does to single classes is not told again.
 */
#include "set/check-private.h"

/* More ids than any set has classes: they number things. */
#define MAX_IDS 2048

static gboolean
is_explained(const GPtrArray *findings, guint model)
{
  static const MsCheckKind kinds[] = {MS_CHECK_SCALE, MS_CHECK_PALETTE, MS_CHECK_DISJOINT_IDS,
                                      MS_CHECK_SHIFTED_IDS, MS_CHECK_TRAIN_IDS};

  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
    if (ms_check_has(findings, kinds[i], model))
      return TRUE;
  return FALSE;
}

static void
check_model(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  g_auto(MsIdUses) uses = {0};

  if (!ms_id_uses_init(&uses, evidence, model) || uses.numbered || uses.uses->len > MAX_IDS)
    return;
  if (!is_explained(findings, model))
    ms_check_palette(&uses, findings);
  if (!is_explained(findings, model) && !ms_check_id_tables(&uses, findings) &&
      !ms_check_id_shifts(&uses, findings))
    ms_check_id_swaps(&uses, findings);
  if (!is_explained(findings, model))
    ms_check_id_presence(&uses, findings);
}

void
ms_check_ids(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  for (guint model = 0; model < evidence->n_models; model++)
    check_model(evidence, model, findings);
  ms_check_actual_ids(evidence, findings);
}
