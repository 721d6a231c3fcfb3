/* SPDX-License-Identifier: MIT
 *
 * ids.
 */
#include "set/check-evidence.h"

void
ms_check_ids(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  (void)evidence;
  (void)findings;
}
