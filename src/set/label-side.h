/* SPDX-License-Identifier: MIT
 *
 * What one file says of the actual labels, or of a model's: in which form, and in which columns.
 */
#pragma once

#include "set/label-file.h"

G_BEGIN_DECLS

typedef enum {
  MS_LABEL_FORM_LIST,    /* a column of labels separated by ';' */
  MS_LABEL_FORM_COLUMNS, /* a column a label */
  MS_LABEL_FORM_ARRAY,   /* the same without names */
} MsLabelForm;

typedef struct {
  char *name;   /* the label */
  guint column; /* in the table */
  guint label;  /* once the labels of the set are known */
} MsLabelPlace;

typedef struct {
  MsLabelFile *file; /* lent */
  MsLabelForm form;
  guint column;       /* LIST */
  GPtrArray *places;  /* COLUMNS: MsLabelPlace, in the table's order */
  GHashTable *labels; /* the names of the places, lent by them */
  char *model;        /* the model's name, if the file tells it; NULL for the actual side */
  gboolean scores;    /* numbers that a threshold turns into yes or no */
} MsLabelSide;

void ms_label_side_free(MsLabelSide *side);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsLabelSide, ms_label_side_free)

/* The one side that a file holds, of two or more files: its actual labels, or a model's. known (a
 * set of names; NULL: nobody says) tells which columns are labels; actual (NULL: this is the actual
 * side) is a help in finding them. Errors: MS_SET_ERROR_LAYOUT, MS_IO_ERROR_PARSE. */
MsLabelSide *ms_label_side_of_file(MsLabelFile *file, GHashTable *known, const MsLabelSide *actual,
                                   GError **error);

/* Both sides of a file that holds both: adds MsLabelSide to `sides`, the actual one first, then
 * each model's. */
gboolean ms_label_sides_of_table(MsLabelFile *file, GHashTable *known, GPtrArray *sides,
                                 GError **error);

/* Says which columns that hold numbers are not among the sides of that file. */
void ms_label_sides_note_others(const MsLabelFile *file, const GPtrArray *sides,
                                GPtrArray *notices);

G_END_DECLS
