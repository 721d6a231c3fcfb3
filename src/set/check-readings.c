/* SPDX-License-Identifier: MIT
 *
 * How masks are read.
 */
#include "set/check-evidence.h"

void
ms_check_readings(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  (void)evidence;
  (void)findings;
}
