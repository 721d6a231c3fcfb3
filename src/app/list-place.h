/* SPDX-License-Identifier: MIT
 *
 * Where the list is scrolled to: a row stays where it is on screen while the list around it is
 * rearranged, in sight when the view becomes shorter, and the wheel goes as far as it should. Rows
 * are of one height.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_LIST_PLACE (ms_list_place_get_type())
G_DECLARE_FINAL_TYPE(MsListPlace, ms_list_place, MS, LIST_PLACE, GObject)

/* Of a view in a scrolled window, with an MsExampleModel in it; borrowed: it outlives this. */
MsListPlace *ms_list_place_new(GtkListView *view);

/* Remembers where the row is, before it moves; GTK_INVALID_LIST_POSITION: it is not listed now, and
 * what was remembered stands. */
void ms_list_place_note(MsListPlace *self, guint position);
/* Whether the noted row is listed and in sight. */
gboolean ms_list_place_is_in_sight(MsListPlace *self);
/* The row at the top of what is in sight. */
guint ms_list_place_get_top(MsListPlace *self);
/* Scrolls so that the row that will be at this position, of n_rows, is where the noted one was, as
 * far as the ends of the list let it. Where that one was not in sight: `bring` brings it there,
 * else nothing moves. Where rows are to go, called before that: GTK loses its place with rows that
 * it shows; where rows have come, after it. */
void ms_list_place_restore(MsListPlace *self, guint position, guint n_rows, gboolean bring);
/* The first n_kept rows are still there, those behind them are gone or new. */
void ms_list_place_rows_changed(MsListPlace *self, guint n_kept);

/* Scrolls as little as it takes to have the row in sight. */
void ms_list_place_reveal(MsListPlace *self, guint position);
void ms_list_place_to_top(MsListPlace *self);

G_END_DECLS
