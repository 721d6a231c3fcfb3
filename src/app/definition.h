/* SPDX-License-Identifier: MIT
 *
 * A small button that says what the numbers beside it mean, and after whom: some sentences, a row
 * for each of the numbers, and the source.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_DEFINITION (ms_definition_get_type())
G_DECLARE_FINAL_TYPE(MsDefinition, ms_definition, MS, DEFINITION, GtkWidget)

/* Properties "text" and "source". */
void ms_definition_set_text(MsDefinition *self, const char *text);
void ms_definition_set_source(MsDefinition *self, const char *source);

/* A row below the sentences. sign: before its name, as its swatch is; NULL: none. Gives the label
 * of the text, to be written anew; lent. */
GtkLabel *ms_definition_add(MsDefinition *self, GtkWidget *sign, const char *name,
                            const char *text);

G_END_DECLS
