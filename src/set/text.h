/* SPDX-License-Identifier: MIT
 *
 * Small text helpers of the set layer.
 */
#pragma once

#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

/* Replaces a string that the struct owns; value may be NULL or the string itself. */
static inline void
ms_text_set(char **member, const char *value)
{
  char *copy = g_strdup(value);
  g_free(*member);
  *member = copy;
}

/* A file name as an id: valid UTF-8, with bytes that are not as %XX, so that two names that differ
 * never look the same. */
char *ms_text_id(const char *file_name);

/* With case folded; a name that is no UTF-8 has its ASCII letters folded. Caller frees. */
char *ms_text_fold(const char *file_name);

/* Whether the name ends like a mask's or an image's (arrays and volumes too), and the length of it
 * without that ending (the whole length where there is none). */
gboolean ms_text_is_picture(const char *file_name);
gsize ms_text_stem_length(const char *file_name);

G_END_DECLS
