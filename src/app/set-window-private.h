/* SPDX-License-Identifier: MIT
 *
 * What the two files of the window that puts a set together share: set-window.c (rows, options,
 * what is done with them) and set-window-look.c (the preview and how it is shown).
 */
#pragma once

#include "app/pair-table.h"
#include "app/set-row.h"
#include "app/set-window.h"

G_BEGIN_DECLS

struct _MsSetWindow {
  GtkWindow parent_instance;

  /* Template */
  GtkSizeGroup *heads;
  GtkSizeGroup *states;
  GtkSizeGroup *ends;
  MsSetRow *set;
  GtkWidget *places;
  MsSetRow *images;
  MsSetRow *actual;
  GtkBox *models; /* of MsSetRow */
  GtkWidget *add;
  MsSetRow *manifest;
  MsSetRow *splits;
  MsSetRow *classes;
  GtkLabel *rules; /* that go with the folders */
  GtkWidget *summary;
  GtkLabel *counts;
  GtkLabel *more;
  GtkSpinner *spinner;
  GtkMenuButton *notices;
  GtkLabel *notices_text;
  GtkStack *result; /* pages: message, pairs */
  GtkLabel *message;
  MsPairTable *pairs;
  GtkLabel *note;
  GtkWidget *restore;
  GtkWidget *open;

  gboolean whole;    /* the set is said as a whole; else by its parts */
  gboolean mirrored; /* the rows are what was recognised in the whole */
  gboolean names_taken;
  gboolean names_odd; /* a .maskset file cannot hold one of them */
  guint debounce;
  guint poll;

  /* Owned */
  MsOptions *given;   /* rules for the whole */
  MsOptions *options; /* rules for the parts */
  MsPreview *preview; /* of what is shown; NULL: under way */
  char *base;         /* rows are shown relative to it */
  char *listed;       /* the base whose folders are offered */
  char *save_path;    /* to be written when the preview is there */
  GCancellable *cancellable;
};

/* set-window.c */
static inline MsSetRow *
ms_set_window_next_model(gpointer row)
{
  return (MsSetRow *)gtk_widget_get_next_sibling(row);
}

static inline MsSetRow *
ms_set_window_first_model(MsSetWindow *self)
{
  return (MsSetRow *)gtk_widget_get_first_child(GTK_WIDGET(self->models));
}

/* Every row but that of the whole set. */
void ms_set_window_for_each_row(MsSetWindow *self,
                                void (*function)(MsSetRow *row, gconstpointer data),
                                gconstpointer data);
/* Fills those rows with the parts that options name; NULL: empties them. */
void ms_set_window_fill(MsSetWindow *self, const MsOptions *options);
/* A model's row says something: its place in the preview is that of the rows that do. */
gboolean ms_set_window_is_model_said(MsSetWindow *self, MsSetRow *row);
/* The preview has come. */
void ms_set_window_previewed(MsSetWindow *self);

/* set-window-look.c */
/* Looks at what is shown now, after a while in which it rests. */
void ms_set_window_look(MsSetWindow *self, guint milliseconds);
void ms_set_window_stop_looking(MsSetWindow *self);

G_END_DECLS
