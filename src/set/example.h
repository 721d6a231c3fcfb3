/* SPDX-License-Identifier: MIT
 *
 * One item to judge: its id, where its files are, and why it cannot be scored where that is known
 * from the listing alone. Made of a set's columns for who asks for it; does not change.
 */
#pragma once

#include <gio/gio.h>

#include "set/place.h"

G_BEGIN_DECLS

#define MS_TYPE_EXAMPLE (ms_example_get_type())
G_DECLARE_FINAL_TYPE(MsExample, ms_example, MS, EXAMPLE, GObject)

/* For the set that makes it, on demand. Takes what paths it is given; the rest is copied. */
MsExample *ms_example_new(const char *id, guint index, guint n_models);
void ms_example_take_image(MsExample *self, char *path, int part);
void ms_example_take_actual(MsExample *self, char *path, int part);
void ms_example_take_predicted(MsExample *self, guint model, char *path, int part);
void ms_example_set_has_actual(MsExample *self, gboolean has_actual);
void ms_example_set_split(MsExample *self, const char *split);
void ms_example_set_group(MsExample *self, const char *group);
void ms_example_set_row(MsExample *self, guint row);
void ms_example_set_problem(MsExample *self, guint model, const char *reason);

/* UTF-8; the path inside the set without suffix and ending. */
const char *ms_example_get_id(MsExample *self);
guint ms_example_get_index(MsExample *self);
const char *ms_example_get_split(MsExample *self); /* NULL: none */
const char *ms_example_get_group(MsExample *self); /* NULL: none */

/* Paths in the file name encoding; NULL: there is none. */
const char *ms_example_get_image(MsExample *self);
const char *ms_example_get_actual(MsExample *self);
/* TRUE also where the actual mask is contested and so has no path, and for actual labels. */
gboolean ms_example_has_actual(MsExample *self);
const char *ms_example_get_predicted(MsExample *self, guint model);
/* The same with which part of the file it is; path NULL: there is none. Lent. */
MsPlace ms_example_image_place(MsExample *self);
MsPlace ms_example_actual_place(MsExample *self);
MsPlace ms_example_predicted_place(MsExample *self, guint model);

/* Of label sets: its row in ms_set_get_labels(). */
guint ms_example_get_row(MsExample *self);

/* Why it is skipped for that model, or NULL. */
const char *ms_example_get_problem(MsExample *self, guint model);

G_END_DECLS
