/* SPDX-License-Identifier: MIT
 *
 * Class tables as text: names, `id,name[,r,g,b]`, `name,r,g,b`, `r g b name`. For classes.c.
 */
#pragma once

#include "set/classes.h"

G_BEGIN_DECLS

/* csv: it is a table whatever its lines look like. Errors: MS_IO_ERROR_PARSE. */
MsClassTable *ms_class_table_from_text(GBytes *bytes, const char *name, gboolean csv,
                                       GError **error);

/* FALSE, with MS_IO_ERROR_PARSE: longer than MS_CLASS_NAME_MAX_BYTES. */
gboolean ms_class_name_check(const char *name, const char *file, guint line, GError **error);

G_END_DECLS
