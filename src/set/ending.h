/* SPDX-License-Identifier: MIT
 *
 * What files are by the endings of their names.
 */
#pragma once

#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

/* Whether something stands before that ending (".csv"), in any case. */
static inline gboolean
ms_ending_is(const char *name, const char *ending)
{
  gsize length = strlen(name), ending_length = strlen(ending);
  return length > ending_length && g_ascii_strcasecmp(name + length - ending_length, ending) == 0;
}

static inline gboolean
ms_ending_is_of_table(const char *name)
{
  return ms_ending_is(name, ".csv") || ms_ending_is(name, ".tsv");
}

static inline gboolean
ms_ending_is_of_array(const char *name)
{
  return ms_ending_is(name, ".npy");
}

G_END_DECLS
