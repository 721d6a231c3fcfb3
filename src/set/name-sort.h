/* SPDX-License-Identifier: MIT
 *
 * Byte order of many names. Names of one set begin alike and differ by a few digits: what they have
 * in common is skipped, and the eight bytes after it are compared as a number, so that most
 * comparisons touch no name.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *name;
  gpointer data; /* goes along */
} MsNamed;

/* Sorts by strcmp() of the names; those that are alike keep their order. */
void ms_names_sort(MsNamed *names, guint n_names);

/* The same of an array of strings. */
void ms_names_sort_strings(GPtrArray *names);

G_END_DECLS
