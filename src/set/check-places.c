/* SPDX-License-Identifier: MIT
 *
 * places.
 */
#include "set/check-evidence.h"

void
ms_check_places(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  (void)evidence;
  (void)findings;
}
