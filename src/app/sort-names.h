/* SPDX-License-Identifier: MIT
 *
 * The orders of the list by name: in settings and actions, and in words.
 */
#pragma once

#include "set/order.h"

G_BEGIN_DECLS

/* "id", "worst", "dice"...; an unknown name is "id". */
MsSort ms_sort_from_name(const char *name);
const char *ms_sort_get_name(MsSort sort);

/* "By name". */
const char *ms_sort_get_title(MsSort sort);
/* Which way: "worst first", "newest first". */
const char *ms_sort_get_direction(MsSort sort, gboolean reverse);
/* Whether values go up along the list. */
gboolean ms_sort_is_ascending(MsSort sort, gboolean reverse);

G_END_DECLS
