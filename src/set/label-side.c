/* SPDX-License-Identifier: MIT
 *
 * A file with one side only: nothing but its columns' names and cells tell what is a label in it.
 */
#include "set/label-side.h"

#include "io/error.h"
#include "set/columns.h"
#include "set/label-side-private.h"

static void
place_free(gpointer data)
{
  MsLabelPlace *place = data;
  g_free(place->name);
  g_free(place);
}

MsLabelSide *
ms_label_side_new(MsLabelFile *file, MsLabelForm form)
{
  MsLabelSide *side = g_new0(MsLabelSide, 1);
  side->file = file;
  side->form = form;
  side->places = g_ptr_array_new_with_free_func(place_free);
  side->labels = g_hash_table_new(g_str_hash, g_str_equal);
  return side;
}

void
ms_label_side_free(MsLabelSide *side)
{
  if (!side)
    return;
  g_hash_table_unref(side->labels);
  g_ptr_array_unref(side->places);
  g_free(side->model);
  g_free(side);
}

void
ms_label_side_add_place(MsLabelSide *side, const char *label, guint column)
{
  MsLabelPlace *place = g_new0(MsLabelPlace, 1);
  place->name = g_strstrip(g_strdup(label));
  place->column = column;
  g_ptr_array_add(side->places, place);
  g_hash_table_add(side->labels, place->name);
}

gboolean
ms_label_side_has(const MsLabelSide *side, const char *label)
{
  return side && g_hash_table_contains(side->labels, label);
}

gboolean
ms_label_side_fail(const MsLabelFile *file, GError **error, const char *format, ...)
{
  const char *commas = ms_label_file_find_commas(file);
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *cause = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  if (commas)
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT,
                "%s. The column %s holds numbers with a decimal comma; write 0.5", cause, commas);
  else
    g_set_error_literal(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT, cause);
  return FALSE;
}

/* --- a column of lists ---------------------------------------------------------------------- */

/* How well a name fits a column of lists; 0: not at all. */
static guint
fit_of_list(const char *column, gboolean actual)
{
  const MsColumnName *name = ms_column_name_find(column);
  if (!name)
    return 0;
  if (name->kind == (actual ? MS_COLUMN_ACTUAL : MS_COLUMN_PREDICTED))
    return name->weak ? 4 : 5;
  if (name->kind == MS_COLUMN_ACTUAL)
    return name->weak ? 3 : 1;
  if (name->kind == MS_COLUMN_LABELS)
    return 2;
  return name->kind == MS_COLUMN_PREDICTED ? 1 : 0;
}

/* -1: none. */
static gboolean
find_list(const MsLabelFile *file, gboolean actual, int *column, GError **error)
{
  guint best = 0, n_best = 0;
  int first = -1;
  for (guint i = 0; i < ms_table_n_columns(file->table); i++) {
    guint fit = fit_of_list(ms_table_column_name(file->table, i), actual);
    if (fit == 0 || ms_label_column_is_numeric(&file->columns[i]) || fit < best)
      continue;
    n_best = fit > best ? 1 : n_best + 1;
    if (fit > best)
      first = (int)i;
    best = fit;
    *column = (int)i;
  }
  if (n_best > 1)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: the columns %s and %s could both hold the labels", file->name,
                ms_table_column_name(file->table, (guint)first),
                ms_table_column_name(file->table, (guint)*column));
  return n_best <= 1;
}

/* --- a column a label ----------------------------------------------------------------------- */

gboolean
ms_label_is_known_otherwise(const char *column)
{
  const MsColumnName *name = ms_column_name_find(column);
  return name && name->kind != MS_COLUMN_ACTUAL && name->kind != MS_COLUMN_PREDICTED &&
         name->kind != MS_COLUMN_LABELS;
}

static gboolean
is_label_in_spite_of_name(const MsLabelColumn *cells, const char *column)
{
  return ms_label_is_known_otherwise(column) && ms_label_column_is_of_shares(cells) &&
         !ms_column_name_is_firm(ms_column_name_find(column));
}

static void
add_known_columns(MsLabelSide *side, GHashTable *known)
{
  const MsTable *table = side->file->table;
  for (guint i = 0; i < ms_table_n_columns(table); i++) {
    const char *name = ms_table_column_name(table, i);
    if ((int)i != side->file->id_column && g_hash_table_contains(known, name))
      ms_label_side_add_place(side, name, i);
  }
}

/* Columns that hold numbers from 0 to 1, and those that are labels of the actual side. */
static void
add_numeric_columns(MsLabelSide *side, const MsLabelSide *actual)
{
  const MsLabelFile *file = side->file;
  for (guint i = 0; i < ms_table_n_columns(file->table); i++) {
    const char *name = ms_table_column_name(file->table, i);
    if ((int)i == file->id_column || *name == '\0')
      continue;
    const MsLabelColumn *cells = &file->columns[i];
    if (ms_label_side_has(actual, name) || is_label_in_spite_of_name(cells, name) ||
        (ms_label_column_is_numeric(cells) && !ms_label_is_known_otherwise(name)))
      ms_label_side_add_place(side, name, i);
  }
}

static MsLabelSide *
side_of_table(MsLabelFile *file, GHashTable *known, const MsLabelSide *actual, GError **error)
{
  g_autoptr(MsLabelSide) side = ms_label_side_new(file, MS_LABEL_FORM_COLUMNS);
  int list = -1;
  if (known)
    add_known_columns(side, known);
  if (side->places->len > 0)
    return g_steal_pointer(&side);
  if (!find_list(file, actual == NULL, &list, error))
    return NULL;
  if (list >= 0) {
    side->form = MS_LABEL_FORM_LIST;
    side->column = (guint)list;
    return g_steal_pointer(&side);
  }
  if (!known)
    add_numeric_columns(side, actual);
  if (side->places->len > 0)
    return g_steal_pointer(&side);
  ms_label_side_fail(file, error,
                     "%s has no column of labels: neither one called labels with lists like "
                     "Happy;Fast, nor %s",
                     file->name,
                     known ? "any that is named in the class table"
                           : "columns of numbers from 0 to 1, one a label");
  return NULL;
}

MsLabelSide *
ms_label_side_of_file(MsLabelFile *file, GHashTable *known, const MsLabelSide *actual,
                      GError **error)
{
  if (file->array)
    return ms_label_side_new(file, MS_LABEL_FORM_ARRAY);
  return side_of_table(file, known, actual, error);
}

/* --- the others ----------------------------------------------------------------------------- */

/* A mark for every column of a file that is put to some use. */
static gboolean *
mark_used(const MsLabelFile *file, const GPtrArray *sides)
{
  gboolean *used = g_new0(gboolean, ms_table_n_columns(file->table));
  for (guint i = 0; i < ms_table_n_columns(file->table); i++)
    used[i] = (int)i == file->id_column || (int)i == file->image_column ||
              (int)i == file->split_column || (int)i == file->group_column;
  for (guint i = 0; i < sides->len; i++) {
    const MsLabelSide *side = g_ptr_array_index(sides, i);
    if (side->file == file && side->form == MS_LABEL_FORM_LIST)
      used[side->column] = TRUE;
    for (guint j = 0; side->file == file && j < side->places->len; j++)
      used[((const MsLabelPlace *)g_ptr_array_index(side->places, j))->column] = TRUE;
  }
  return used;
}

static gboolean
holds_numbers(const MsLabelColumn *column)
{
  guint n_numbers = column->n_numbers + column->n_commas;
  return column->n_filled > 0 && n_numbers >= column->n_filled - n_numbers;
}

void
ms_label_sides_note_others(const MsLabelFile *file, const GPtrArray *sides, GPtrArray *notices)
{
  const guint max_named = 10;
  if (!file->table)
    return;
  g_autofree gboolean *used = mark_used(file, sides);
  g_autoptr(GString) names = g_string_new(NULL);
  guint n = 0;
  for (guint i = 0; i < ms_table_n_columns(file->table); i++) {
    if (used[i] || !holds_numbers(&file->columns[i]))
      continue;
    const char *name = ms_table_column_name(file->table, i);
    g_autofree char *number = g_strdup_printf("%u", i + 1);
    if (n++ < max_named)
      g_string_append_printf(names, "%s%s", n > 1 ? ", " : "", *name ? name : number);
  }
  if (n > max_named)
    g_string_append_printf(names, " and %u more", n - max_named);
  if (n > 0)
    ms_notices_add(notices, file->path, "Not read as labels, though %s numbers: %s",
                   n == 1 ? "it holds" : "they hold", names->str);
}
