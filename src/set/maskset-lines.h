/* SPDX-License-Identifier: MIT
 *
 * The text of a key file line by line, which GKeyFile forgets: where a key stands, and what is no
 * line of such a file. For maskset.c.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The line, from 1, on which a key of a group (NULL: the group itself) stands last; 0: none does.
 */
guint ms_maskset_find_line(const char *text, const char *group, const char *key);

/* The first thing that is wrong, in words, and its line: text that is no UTF-8, a line that is
 * neither [Group] nor KEY=VALUE, a key before any group, a key twice in a group. NULL: nothing.
 * text ends with a 0 byte behind `length` others. Caller frees. */
char *ms_maskset_find_fault(const char *text, gsize length, guint *line);

G_END_DECLS
