/* SPDX-License-Identifier: MIT
 *
 * Names that labels may well have were taken by label-side.c already; here are those that need both
 * tables to tell, and what is said of all.
 */
#include "set/label-claim.h"

#include "set/columns.h"
#include "set/label-side-private.h"

/* A set with a table a side. */
static gboolean
are_apart(const MsLabelSide *side, const MsLabelSide *other)
{
  return side->file != other->file && side->file->table && other->file->table;
}

/* The column of that very name which could be a label; -1: none. */
static int
find_shares(const MsLabelFile *file, const char *name)
{
  for (guint i = 0; i < ms_table_n_columns(file->table); i++)
    if (g_str_equal(ms_table_column_name(file->table, i), name))
      return (int)i != file->id_column && ms_label_column_is_of_shares(&file->columns[i]) ? (int)i
                                                                                          : -1;
  return -1;
}

static int
compare_places(gconstpointer a, gconstpointer b)
{
  const MsLabelPlace *one = *(const MsLabelPlace *const *)a;
  const MsLabelPlace *other = *(const MsLabelPlace *const *)b;
  return (one->column > other->column) - (one->column < other->column);
}

static void
add_place(MsLabelSide *side, const char *name)
{
  int column = find_shares(side->file, name);
  if (side->form != MS_LABEL_FORM_COLUMNS || column < 0 || ms_label_side_has(side, name))
    return;
  ms_label_side_add_place(side, name, (guint)column);
  g_ptr_array_sort(side->places, compare_places);
}

/* --- what both tables have ------------------------------------------------------------------ */

static gboolean
is_in_another(const GPtrArray *sides, const char *name)
{
  const MsLabelSide *actual = g_ptr_array_index(sides, 0);
  for (guint i = 1; i < sides->len; i++) {
    const MsLabelSide *side = g_ptr_array_index(sides, i);
    if (are_apart(actual, side) && side->form == MS_LABEL_FORM_COLUMNS &&
        find_shares(side->file, name) >= 0)
      return TRUE;
  }
  return FALSE;
}

static void
add_shared_columns(const GPtrArray *sides)
{
  MsLabelSide *actual = g_ptr_array_index(sides, 0);
  if (actual->form != MS_LABEL_FORM_COLUMNS)
    return;
  for (guint i = 0; i < ms_table_n_columns(actual->file->table); i++) {
    const char *name = ms_table_column_name(actual->file->table, i);
    if (!ms_column_name_find(name) || find_shares(actual->file, name) < 0 ||
        !is_in_another(sides, name))
      continue;
    add_place(actual, name);
    for (guint j = 1; j < sides->len; j++)
      if (are_apart(actual, g_ptr_array_index(sides, j)))
        add_place(g_ptr_array_index(sides, j), name);
  }
}

/* --- what is said and undone ---------------------------------------------------------------- */

/* A column is a label and nothing else. */
static void
release(MsLabelFile *file, int column)
{
  int *const others[] = {&file->image_column, &file->split_column, &file->group_column};
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    if (*others[i] == column)
      *others[i] = -1;
}

static void
note_taken(const MsLabelFile *file, int column, const char *what, gboolean apart,
           GPtrArray *notices)
{
  if (column >= 0 && column != file->id_column &&
      ms_label_column_is_numeric(&file->columns[column]))
    ms_notices_add(notices, file->path, "The column %s is taken for %s%s",
                   ms_table_column_name(file->table, (guint)column), what,
                   apart ? "; name the labels with --classes if it is one" : "");
}

static void
settle(MsLabelSide *side, gboolean first, gboolean apart, GHashTable *known, GPtrArray *notices)
{
  MsLabelFile *file = side->file;
  for (guint i = 0; i < side->places->len; i++) {
    const MsLabelPlace *place = g_ptr_array_index(side->places, i);
    const char *name = ms_table_column_name(file->table, place->column);
    release(file, (int)place->column);
    if (first && !known && ms_label_is_known_otherwise(name))
      ms_notices_add(notices, file->path,
                     "The column %s is read as a label; name the labels with --classes if it is "
                     "none",
                     name);
  }
  if (side->form != MS_LABEL_FORM_COLUMNS || known)
    return;
  note_taken(file, file->image_column, "images", apart, notices);
  note_taken(file, file->split_column, "splits", apart, notices);
  note_taken(file, file->group_column, "groups", apart, notices);
}

void
ms_label_claim(const GPtrArray *sides, GHashTable *known, GPtrArray *notices)
{
  const MsLabelSide *actual = g_ptr_array_index(sides, 0);
  if (!known)
    add_shared_columns(sides);
  const MsLabelSide *last = g_ptr_array_index(sides, sides->len - 1);
  const MsLabelSide *first = NULL; /* which names the labels */
  for (guint i = 0; i < sides->len; i++) {
    MsLabelSide *side = g_ptr_array_index(sides, i);
    if (!first && side->form == MS_LABEL_FORM_COLUMNS)
      first = side;
    if (i == 0 || side->file != actual->file)
      settle(side, side == first, last->file != actual->file, known, notices);
  }
}

/* --- text ----------------------------------------------------------------------------------- */

static gboolean
is_unread_text(const MsLabelSide *side, guint column)
{
  const MsLabelFile *file = side->file;
  const char *name = ms_table_column_name(file->table, column);
  return (int)column != file->id_column && *name && !ms_column_name_find(name) &&
         !ms_label_side_has(side, name) && file->columns[column].n_filled > 0 &&
         file->columns[column].n_numbers == 0 && file->columns[column].n_commas == 0;
}

static gboolean
is_text_of_another(const GPtrArray *sides, const char *name)
{
  const MsLabelSide *actual = g_ptr_array_index(sides, 0);
  for (guint i = 1; i < sides->len; i++) {
    const MsLabelSide *side = g_ptr_array_index(sides, i);
    for (guint j = 0; are_apart(actual, side) && side->form == MS_LABEL_FORM_COLUMNS &&
                      j < ms_table_n_columns(side->file->table);
         j++)
      if (g_str_equal(ms_table_column_name(side->file->table, j), name))
        return is_unread_text(side, j);
  }
  return FALSE;
}

void
ms_label_claim_note_texts(const GPtrArray *sides, GPtrArray *notices)
{
  const guint max_named = 10;
  const MsLabelSide *actual = g_ptr_array_index(sides, 0);
  if (actual->form != MS_LABEL_FORM_COLUMNS)
    return;
  g_autoptr(GString) names = g_string_new(NULL);
  guint n = 0;
  for (guint i = 0; i < ms_table_n_columns(actual->file->table); i++) {
    const char *name = ms_table_column_name(actual->file->table, i);
    if (is_unread_text(actual, i) && is_text_of_another(sides, name) && n++ < max_named)
      g_string_append_printf(names, "%s%s", n > 1 ? ", " : "", name);
  }
  if (n > max_named)
    g_string_append_printf(names, " and %u more", n - max_named);
  if (n > 0)
    ms_notices_add(notices, actual->file->path,
                   "The column%s %s %s in both tables and %s no numbers: not read as labels",
                   n == 1 ? "" : "s", names->str, n == 1 ? "stands" : "stand",
                   n == 1 ? "holds" : "hold");
}
