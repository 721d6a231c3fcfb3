/* SPDX-License-Identifier: MIT
 *
 * Findings of contents.
 */
#include "set/check-evidence.h"

void
ms_check_contents(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  (void)evidence;
  (void)findings;
}
