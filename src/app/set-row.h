/* SPDX-License-Identifier: MIT
 *
 * One row of the window that sets up a set: what a folder is, its path, a choice of others, and in
 * words whether anything is there. Paths inside the row's base folder are shown relative to it. The
 * row never looks at a file: what it says of a path is told to it.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/preview.h"

G_BEGIN_DECLS

#define MS_TYPE_SET_ROW (ms_set_row_get_type())
G_DECLARE_FINAL_TYPE(MsSetRow, ms_set_row, MS, SET_ROW, GtkWidget)

/* Properties: "title" (what it is; also a model's, for screen readers), "placeholder", "model"
 * (construct only: it has a name that can be edited, and can be removed), "files" (files are chosen
 * rather than folders), "names" (a bare word is the name of something known).
 * Signals: "changed", by the user alone; "removed". */

MsSetRow *ms_set_row_new_model(void);

/* The columns of several rows line up. */
void ms_set_row_align(MsSetRow *self, GtkSizeGroup *heads, GtkSizeGroup *states,
                      GtkSizeGroup *ends);

/* In the file name encoding; NULL: there is none. Caller frees. */
char *ms_set_row_get_path(MsSetRow *self);
void ms_set_row_set_path(MsSetRow *self, const char *path);
/* NULL: it has none. Caller frees. */
char *ms_set_row_get_name(MsSetRow *self);
void ms_set_row_set_name(MsSetRow *self, const char *name);
/* What a model without a name is called; NULL: not known. */
void ms_set_row_set_usual_name(MsSetRow *self, const char *name);
/* The name, or what it is called without one; NULL: not known. Caller frees. */
char *ms_set_row_get_shown_name(MsSetRow *self);

/* Absolute; NULL: none. What is shown keeps its text, so that it means another path. */
void ms_set_row_set_base(MsSetRow *self, const char *base);
/* MsPreviewFolder below the base that are offered; may be NULL. */
void ms_set_row_set_folders(MsSetRow *self, const GPtrArray *folders);

/* What another row offers. */
void ms_set_row_offer_same(MsSetRow *self, MsSetRow *other);

/* Folders in words, as ms_preview_where() says them: shown, but no path as long as the user leaves
 * them as they are. ms_set_row_set_path() forgets them. */
void ms_set_row_set_recognised(MsSetRow *self, const char *folders);
/* A row whose recognised folders the user left as they are gets a path of its own: the only folder,
 * or the one that stands where `other` (may be NULL) names one of its list; else none. */
void ms_set_row_follow(MsSetRow *self, MsSetRow *other);

/* What is wrong with a model's name goes before all that is known of its path; NULL: nothing. */
void ms_set_row_set_name_problem(MsSetRow *self, const char *problem);

/* NULL: nothing is known yet. */
void ms_set_row_show(MsSetRow *self, const MsPreviewPlace *place);

void ms_set_row_focus(MsSetRow *self);

G_END_DECLS
