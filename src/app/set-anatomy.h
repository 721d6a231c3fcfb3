/* SPDX-License-Identifier: MIT
 *
 * The anatomy of a set's error: what all its examples lost to each kind, out of their pooled
 * counts. Where nobody has looked at every example yet, a button that has it done, and how far it
 * has come.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/diagnoses.h"

G_BEGIN_DECLS

#define MS_TYPE_SET_ANATOMY (ms_set_anatomy_get_type())
G_DECLARE_FINAL_TYPE(MsSetAnatomy, ms_set_anatomy, MS, SET_ANATOMY, GtkWidget)

/* Of a model and a split (NULL: the set); diagnoses NULL empties it. */
void ms_set_anatomy_show(MsSetAnatomy *self, MsDiagnoses *diagnoses, guint model,
                         const char *split);

/* The MsError that is looked at alone; -1: none. */
void ms_set_anatomy_set_chosen(MsSetAnatomy *self, int error);

G_END_DECLS
