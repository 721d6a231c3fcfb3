/* SPDX-License-Identifier: MIT
 *
 * Findings of files.
 */
#include "set/check-evidence.h"

void
ms_check_files(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  (void)evidence;
  (void)findings;
}
