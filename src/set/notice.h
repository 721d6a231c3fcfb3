/* SPDX-License-Identifier: MIT
 *
 * Notices while a set is put together.
 */
#pragma once

#include "set/set.h"

G_BEGIN_DECLS

/* An array of MsNotice that owns them. */
GPtrArray *ms_notices_new(void);

/* path: in the file name encoding, may be NULL. notices may be NULL: nobody wants to know. */
void ms_notices_add(GPtrArray *notices, const char *path, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* What kind the last one is of. */
void ms_notices_mark_last(GPtrArray *notices, MsNoticeKind kind);

G_END_DECLS
