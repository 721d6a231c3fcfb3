/* SPDX-License-Identifier: MIT
 *
 * The choice of a class (or label) that listed examples must have, or that something is of; there
 * only where a set has several. Properties: "action" (string, "win.filter-class"), which takes what
 * is chosen; "together" (FALSE): no choice means all classes, not any.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/order.h"

G_BEGIN_DECLS

#define MS_TYPE_CLASS_CHOICE (ms_class_choice_get_type())
G_DECLARE_FINAL_TYPE(MsClassChoice, ms_class_choice, MS, CLASS_CHOICE, GtkWidget)

/* The classes of a model's rules. Where these list none, those that occur: occurring as
 * MsOrder.classes. */
void ms_class_choice_set_set(MsClassChoice *self, MsSet *set, guint model, guint64 occurring);
/* FALSE: there is no such class to choose. */
gboolean ms_class_choice_has(MsClassChoice *self, gint64 class_id);
void ms_class_choice_set_chosen(MsClassChoice *self, gint64 class_id);

G_END_DECLS
