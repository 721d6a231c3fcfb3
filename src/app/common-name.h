/* SPDX-License-Identifier: MIT
 *
 * What all names of a set begin and end with says nothing of any one of them: where there is no
 * room for whole names it is left out. Whole words alone are: a number is never cut.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All zero: of no names. */
typedef struct {
  char *start;
  char *end;
} MsCommonName;

/* Of these names and another one. */
void ms_common_name_add(MsCommonName *self, const char *name);
void ms_common_name_clear(MsCommonName *self);

/* The name without what it has in common with the others, "…0012…"; NULL: that is nothing, or
 * nearly nothing, or all there is. Caller frees. */
char *ms_common_name_shorten(const MsCommonName *self, const char *name);

G_END_DECLS
