/* SPDX-License-Identifier: MIT
 *
 * A small button that says what the numbers beside it mean, and after whom.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_DEFINITION (ms_definition_get_type())
G_DECLARE_FINAL_TYPE(MsDefinition, ms_definition, MS, DEFINITION, GtkWidget)

/* Property "text": paragraphs, of which the last is the source. */
void ms_definition_set_text(MsDefinition *self, const char *text);

G_END_DECLS
