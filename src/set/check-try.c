/* SPDX-License-Identifier: MIT
 *
 * Trials of a pair.
 */
#include "set/check-evidence.h"

gboolean
ms_check_try(MsCheckPair *pair, const MsMasks *masks, const MsRuleset *rules,
             GCancellable *cancellable)
{
  (void)pair;
  (void)masks;
  (void)rules;
  return !g_cancellable_is_cancelled(cancellable);
}
