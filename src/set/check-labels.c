/* SPDX-License-Identifier: MIT
 *
 * Findings of label sets.
 */
#include "set/check-evidence.h"

void
ms_check_labels(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  (void)evidence;
  (void)findings;
}
