/* SPDX-License-Identifier: MIT
 *
 * Nothing is allocated a cell.
 */
#include "set/label-fill.h"

#include <math.h>

#include "io/error.h"
#include "set/columns.h"
#include "set/label-cell.h"

typedef struct {
  MsLabelData *data;
  guint of;
  const MsLabelSide *side;
  const MsLabelNames *names;
  GString *scratch; /* LIST */
  double *values;   /* ARRAY: a row */
  guint n_twice;    /* LIST: labels that their cell has already */
  guint first_row;  /* of those, the first */
  char *first;
} Filler;

static void
set_number(const Filler *self, guint set_row, guint label, double value)
{
  if (self->side->scores)
    ms_label_data_set_score(self->data, self->of, set_row, label, value);
  else if (value > 0)
    ms_label_data_add(self->data, self->of, set_row, label);
}

/* What is wrong with a number; NULL: nothing. */
static const char *
find_fault(const Filler *self, double value)
{
  gboolean like_score = self->of != MS_LABEL_ACTUAL && value != floor(value);
  if (self->side->scores || like_score)
    return value >= 0 && value <= 1 ? NULL : "is no score from 0 to 1";
  return value == 0 || value == 1 ? NULL : "is neither 0 nor 1";
}

/* --- lists ---------------------------------------------------------------------------------- */

static gboolean
fail_for_label(const Filler *self, guint row, GError **error)
{
  g_autofree char *all = ms_label_names_describe(self->names);
  return ms_table_cell_error(self->side->file->table, row, self->side->column, error,
                             "\"%s\" is no label of %s, which has %s", self->scratch->str,
                             self->names->source, all);
}

static gboolean
fill_list(Filler *self, guint row, guint set_row, GError **error)
{
  const char *rest = ms_table_cell(self->side->file->table, row, self->side->column), *label;
  gsize length;
  if (ms_cell_is_none(rest))
    return TRUE;
  ms_label_data_set_present(self->data, self->of, set_row);
  while ((label = ms_label_cell_next(&rest, &length)) != NULL) {
    int number = ms_label_names_find(self->names, label, length, self->scratch);
    if (number < 0 && length > MS_LABEL_MAX_BYTES)
      return ms_label_names_fail_for_length(self->side, row, length, error);
    if (number < 0)
      return fail_for_label(self, row, error);
    if (!ms_label_data_add(self->data, self->of, set_row, (guint)number) && self->n_twice++ == 0) {
      self->first_row = row;
      self->first = g_strdup(self->scratch->str);
    }
  }
  return TRUE;
}

static void
note_twice(const Filler *self, GPtrArray *notices)
{
  const MsLabelFile *file = self->side->file;
  if (self->n_twice == 0)
    return;
  g_autofree char *all =
      self->n_twice > 1 ? g_strdup_printf(" (%u such labels in all)", self->n_twice) : g_strdup("");
  ms_notices_add(notices, NULL, "%s, line %u: the label %s stands twice in a cell; counted once%s",
                 file->name, ms_table_line(file->table, self->first_row), self->first, all);
}

/* --- columns -------------------------------------------------------------------------------- */

static gboolean
fill_cell(const Filler *self, guint row, guint set_row, const MsLabelPlace *place, GError **error)
{
  const MsTable *table = self->side->file->table;
  const char *cell = ms_table_cell(table, row, place->column);
  double value;
  if (ms_cell_is_none(cell))
    return ms_table_cell_error(table, row, place->column, error,
                               "empty, though other labels of its row are not");
  if (ms_label_cell_has_decimal_comma(cell))
    return ms_table_cell_error(table, row, place->column, error,
                               "\"%s\" is a number with a decimal comma; write 0.5", cell);
  if (!ms_label_cell_number(cell, &value))
    return ms_table_cell_error(table, row, place->column, error, "\"%s\" is not a number", cell);
  const char *fault = find_fault(self, value);
  if (fault)
    return ms_table_cell_error(table, row, place->column, error, "\"%s\" %s", cell, fault);
  set_number(self, set_row, place->label, value);
  return TRUE;
}

static gboolean
has_any_cell(const MsLabelSide *side, guint row)
{
  for (guint i = 0; i < side->places->len; i++) {
    const MsLabelPlace *place = g_ptr_array_index(side->places, i);
    if (!ms_cell_is_none(ms_table_cell(side->file->table, row, place->column)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
fill_columns(Filler *self, guint row, guint set_row, GError **error)
{
  if (!has_any_cell(self->side, row))
    return TRUE;
  ms_label_data_set_present(self->data, self->of, set_row);
  for (guint i = 0; i < self->side->places->len; i++)
    if (!fill_cell(self, row, set_row, g_ptr_array_index(self->side->places, i), error))
      return FALSE;
  return TRUE;
}

/* --- arrays --------------------------------------------------------------------------------- */

static gboolean
fill_array(Filler *self, guint row, guint set_row, GError **error)
{
  const MsLabelFile *file = self->side->file;
  ms_npy_read_row(file->array, row, self->values);
  ms_label_data_set_present(self->data, self->of, set_row);
  for (guint label = 0; label < self->names->names->len; label++) {
    const char *fault = find_fault(self, self->values[label]);
    if (fault) {
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                  "%s, row %u, column %u: %s %s (counted from 0)", file->name, row, label,
                  g_ascii_formatd(number, sizeof number, "%.6g", self->values[label]), fault);
      return FALSE;
    }
    set_number(self, set_row, label, self->values[label]);
  }
  return TRUE;
}

/* -------------------------------------------------------------------------------------------- */

gboolean
ms_label_fill(MsLabelData *data, guint of, const MsLabelSide *side, const MsLabelNames *names,
              GPtrArray *notices, GCancellable *cancellable, GError **error)
{
  static gboolean (*const fill[])(Filler *, guint, guint, GError **) = {
      [MS_LABEL_FORM_LIST] = fill_list,
      [MS_LABEL_FORM_COLUMNS] = fill_columns,
      [MS_LABEL_FORM_ARRAY] = fill_array,
  };
  g_autoptr(GString) scratch = g_string_new(NULL);
  g_autofree double *values = g_new(double, names->names->len + 1);
  Filler self = {data, of, side, names, scratch, values, 0, 0, NULL};
  gboolean fine = TRUE;
  for (guint row = 0; fine && row < side->file->n_rows; row++) {
    guint set_row = side->file->rows[row];
    fine = ms_label_go_on(row, cancellable, error) &&
           (set_row == MS_LABEL_NO_ROW || fill[side->form](&self, row, set_row, error));
  }
  if (fine)
    note_twice(&self, notices);
  g_free(self.first);
  return fine;
}

/* --- what a side is ------------------------------------------------------------------------- */

static gboolean
array_has_fractions(const MsLabelFile *file, gboolean *has, GCancellable *cancellable,
                    GError **error)
{
  gsize n = file->array->shape[1];
  g_autofree double *values = g_new(double, n);
  for (guint row = 0; file->array->type == MS_NPY_FLOAT && row < file->n_rows && !*has; row++) {
    if (!ms_label_go_on(row, cancellable, error))
      return FALSE;
    ms_npy_read_row(file->array, row, values);
    for (gsize i = 0; i < n; i++)
      *has |= values[i] > 0 && values[i] < 1;
  }
  return TRUE;
}

gboolean
ms_label_side_has_fractions(const MsLabelSide *side, gboolean *has, GCancellable *cancellable,
                            GError **error)
{
  *has = FALSE;
  if (side->form == MS_LABEL_FORM_ARRAY)
    return array_has_fractions(side->file, has, cancellable, error);
  for (guint i = 0; i < side->places->len; i++) {
    const MsLabelPlace *place = g_ptr_array_index(side->places, i);
    *has |= side->file->columns[place->column].n_fractions > 0;
  }
  return TRUE;
}

char *
ms_label_side_describe(const MsLabelSide *side, const MsLabelNames *names)
{
  const char *numbers = side->scores ? "scores from 0 to 1" : "0 or 1";
  guint n = names->names->len;
  const char *plural = n == 1 ? "" : "s";
  if (side->form == MS_LABEL_FORM_LIST)
    return g_strdup_printf("labels separated by ; in the column %s: %u label%s%s",
                           ms_table_column_name(side->file->table, side->column), n, plural,
                           names->source ? ""
                           : n == 1      ? " that occurs in the lists"
                                         : " that occur in the lists");
  if (side->form == MS_LABEL_FORM_COLUMNS)
    return g_strdup_printf("one column a label, %s: %u label%s", numbers, n, plural);
  const MsNpy *array = side->file->array;
  return g_strdup_printf("%s array %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT ", %s",
                         ms_npy_type_name(array), array->shape[0], array->shape[1],
                         side->scores ? "scores" : "0 or 1");
}
