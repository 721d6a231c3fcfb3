/* SPDX-License-Identifier: MIT
 *
 * The score is made whenever the counts change, so that asking for it costs nothing.
 */
#include "set/slot.h"

void
ms_slot_clear(MsSlot *slot)
{
  g_clear_pointer(&slot->result, ms_result_unref);
  g_clear_pointer(&slot->rules, ms_ruleset_unref);
  g_clear_pointer(&slot->confusion, ms_confusion_free);
  g_clear_pointer(&slot->message, g_free);
}

const MsConfusion *
ms_slot_confusion(const MsSlot *slot)
{
  if (!slot->rules || slot->message)
    return NULL;
  return slot->confusion ? slot->confusion : slot->result->confusion;
}

static MsScore
make_score(const MsSlot *slot)
{
  const MsConfusion *confusion = ms_slot_confusion(slot);
  MsScore score = {.status = slot->result->status,
                   .message = slot->result->message,
                   .has_actual = slot->result->has_actual,
                   .resized = slot->result->resized};

  if (slot->message) {
    score.status = MS_RESULT_ERROR;
    score.message = slot->message;
  }
  if (confusion) {
    score.iou = ms_confusion_score(confusion, MS_METRIC_IOU);
    score.dice = ms_confusion_score(confusion, MS_METRIC_DICE);
    score.counts = ms_confusion_counts(confusion);
    score.exact = ms_confusion_exact(confusion);
    score.wrong = ms_confusion_wrong(confusion);
    score.counted = ms_confusion_counted(confusion);
  }
  return score;
}

void
ms_slot_set_rules(MsSlot *slot, MsRuleset *rules)
{
  g_clear_pointer(&slot->rules, ms_ruleset_unref);
  slot->rules = ms_ruleset_ref(rules);
  slot->score = make_score(slot);
}

void
ms_slot_take(MsSlot *slot, MsRecount *recount)
{
  g_clear_pointer(&slot->confusion, ms_confusion_free);
  g_clear_pointer(&slot->message, g_free);
  slot->confusion = g_steal_pointer(&recount->confusion);
  slot->message = g_steal_pointer(&recount->message);
  ms_slot_set_rules(slot, recount->rules);
}

gboolean
ms_slot_is_stale(const MsSlot *slot, const MsRuleset *rules)
{
  return slot->result && slot->result->status == MS_RESULT_OK && slot->rules != rules;
}
