/* SPDX-License-Identifier: MIT
 *
 * Shared by the halves of the file module: reading, writing.
 */
#pragma once

/* Why a call failed, in our words, which do not change with the locale. */
const char *ms_errno_cause(int number);
