/* SPDX-License-Identifier: MIT
 *
 * Whoever says it most plainly is believed: a class table, else the columns of the actual side,
 * else those of a model, else the lists.
 */
#include "set/label-names.h"

#include "io/error.h"
#include "io/file.h"
#include "set/columns.h"
#include "set/label-cell.h"
#include "set/label-data.h"

#define MAX_TOLD 10

void
ms_label_names_free(MsLabelNames *names)
{
  if (!names)
    return;
  g_hash_table_unref(names->numbers);
  g_ptr_array_unref(names->names);
  g_free(names->source);
  g_free(names);
}

#define TOO_LONG                                                                                   \
  "a label of %" G_GSIZE_FORMAT " bytes; at most %u are read: is this a column of labels?"

gboolean
ms_label_names_fail_for_length(const MsLabelSide *side, guint row, gsize length, GError **error)
{
  return ms_table_cell_error(side->file->table, row, side->column, error, TOO_LONG, length,
                             MS_LABEL_MAX_BYTES);
}

static gboolean
check_column(const MsLabelSide *side, const MsLabelPlace *place, GError **error)
{
  gsize length = strlen(place->name);
  if (length <= MS_LABEL_MAX_BYTES)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s, header, column %u: " TOO_LONG,
              side->file->name, place->column + 1, length, MS_LABEL_MAX_BYTES);
  return FALSE;
}

static gboolean
add_name(MsLabelNames *names, const char *name, GError **error)
{
  if (g_hash_table_contains(names->numbers, name)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s: the label %s stands twice",
                names->source, name);
    return FALSE;
  }
  char *copy = g_strdup(name);
  g_ptr_array_add(names->names, copy);
  g_hash_table_insert(names->numbers, copy, GUINT_TO_POINTER(names->names->len));
  return TRUE;
}

int
ms_label_names_find(const MsLabelNames *names, const char *name, gsize length, GString *scratch)
{
  g_string_truncate(scratch, 0);
  g_string_append_len(scratch, name, (gssize)length);
  return (int)GPOINTER_TO_UINT(g_hash_table_lookup(names->numbers, scratch->str)) - 1;
}

char *
ms_label_names_describe(const MsLabelNames *names)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < MIN(names->names->len, MAX_TOLD); i++)
    g_string_append_printf(text, "%s%s", i ? ", " : "",
                           (const char *)g_ptr_array_index(names->names, i));
  if (names->names->len > MAX_TOLD)
    g_string_append_printf(text, " and %u more", names->names->len - MAX_TOLD);
  return g_strdup(text->str);
}

/* --- who says it ---------------------------------------------------------------------------- */

static gboolean
add_classes(MsLabelNames *names, const MsClassTable *classes, GError **error)
{
  names->source = ms_path_display(classes->source);
  for (gsize i = 0; i < classes->n_classes; i++)
    if (!add_name(names, classes->classes[i].name, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_places(MsLabelNames *names, const MsLabelSide *side, GError **error)
{
  names->source = g_strdup(side->file->name);
  for (guint i = 0; i < side->places->len; i++) {
    const MsLabelPlace *place = g_ptr_array_index(side->places, i);
    if (!check_column(side, place, error) || !add_name(names, place->name, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_array(MsLabelNames *names, const MsLabelSide *side, GPtrArray *notices, GError **error)
{
  names->source = g_strdup(side->file->name);
  for (gsize i = 0; i < side->file->array->shape[1]; i++) {
    g_autofree char *name = g_strdup_printf("%" G_GSIZE_FORMAT, i);
    if (!add_name(names, name, error))
      return FALSE;
  }
  ms_notices_add(notices, side->file->path,
                 "Nothing names its labels: they are called by the numbers of their columns, from "
                 "0; --classes FILE names them");
  return TRUE;
}

/* Labels that look as though they were several. */
typedef struct {
  guint n;
  char *first; /* where the first of them stands, and what it is */
} Doubtful;

static void
doubtful_clear(Doubtful *doubtful)
{
  g_free(doubtful->first);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Doubtful, doubtful_clear)

static void
look_at_label(Doubtful *doubtful, const MsTable *table, guint row, const char *label)
{
  if (strpbrk(label, ",|") && doubtful->n++ == 0)
    doubtful->first = g_strdup_printf("%s, line %u: \"%s\"", ms_table_name(table),
                                      ms_table_line(table, row), label);
}

static void
note_doubtful(const Doubtful *doubtful, GPtrArray *notices)
{
  g_autofree char *all =
      doubtful->n > 1 ? g_strdup_printf(" (%u such labels in all)", doubtful->n) : g_strdup("");
  if (doubtful->n > 0)
    ms_notices_add(notices, NULL, "%s is read as one label; labels are separated by ;%s",
                   doubtful->first, all);
}

static gboolean
add_list(MsLabelNames *names, const MsLabelSide *side, Doubtful *doubtful, GString *scratch,
         GCancellable *cancellable, GError **error)
{
  const MsTable *table = side->file->table;
  for (guint row = 0; row < side->file->n_rows; row++) {
    if (!ms_label_go_on(row, cancellable, error))
      return FALSE;
    const char *rest = ms_table_cell(table, row, side->column), *label;
    gsize length;
    if (ms_cell_is_none(rest))
      continue;
    while ((label = ms_label_cell_next(&rest, &length)) != NULL) {
      if (length > MS_LABEL_MAX_BYTES)
        return ms_label_names_fail_for_length(side, row, length, error);
      if (ms_label_names_find(names, label, length, scratch) >= 0)
        continue;
      if (names->names->len == MS_LABEL_MAX_LABELS)
        return ms_table_cell_error(table, row, side->column, error,
                                   "more than %u different labels; is this a column of labels?",
                                   MS_LABEL_MAX_LABELS);
      add_name(names, scratch->str, NULL);
      look_at_label(doubtful, table, row, scratch->str);
    }
  }
  return TRUE;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean
add_lists(MsLabelNames *names, const GPtrArray *sides, GPtrArray *notices,
          GCancellable *cancellable, GError **error)
{
  g_autoptr(GString) scratch = g_string_new(NULL);
  g_auto(Doubtful) doubtful = {0, NULL};
  for (guint i = 0; i < sides->len; i++)
    if (!add_list(names, g_ptr_array_index(sides, i), &doubtful, scratch, cancellable, error))
      return FALSE;
  note_doubtful(&doubtful, notices);
  g_ptr_array_sort(names->names, compare_names);
  for (guint i = 0; i < names->names->len; i++)
    g_hash_table_insert(names->numbers, g_ptr_array_index(names->names, i),
                        GUINT_TO_POINTER(i + 1));
  return TRUE;
}

static const MsLabelSide *
first_of_form(const GPtrArray *sides, MsLabelForm form)
{
  for (guint i = 0; i < sides->len; i++) {
    const MsLabelSide *side = g_ptr_array_index(sides, i);
    if (side->form == form)
      return side;
  }
  return NULL;
}

static gboolean
collect(MsLabelNames *names, const GPtrArray *sides, const MsClassTable *classes,
        GPtrArray *notices, GCancellable *cancellable, GError **error)
{
  const MsLabelSide *columns = first_of_form(sides, MS_LABEL_FORM_COLUMNS);
  const MsLabelSide *array = first_of_form(sides, MS_LABEL_FORM_ARRAY);
  if (classes)
    return add_classes(names, classes, error);
  if (columns)
    return add_places(names, columns, error);
  if (array)
    return add_array(names, array, notices, error);
  return add_lists(names, sides, notices, cancellable, error);
}

/* --- whether all say the same --------------------------------------------------------------- */

/* Fills in which label a place has. seen: the labels that have a place already. */
static gboolean
match_place(const MsLabelNames *names, const MsLabelSide *side, MsLabelPlace *place,
            GByteArray *seen, GError **error)
{
  const char *column = ms_table_column_name(side->file->table, place->column);
  guint number = GPOINTER_TO_UINT(g_hash_table_lookup(names->numbers, place->name));
  if (!check_column(side, place, error))
    return FALSE;
  if (number == 0) {
    g_autofree char *all = ms_label_names_describe(names);
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s, column %s: %s is no label of %s, which has %s", side->file->name, column,
                place->name, names->source, all);
    return FALSE;
  }
  place->label = number - 1;
  if (seen->data[place->label]) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s, column %s: the label %s has another column already", side->file->name, column,
                place->name);
    return FALSE;
  }
  seen->data[place->label] = TRUE;
  return TRUE;
}

static gboolean
match_places(const MsLabelNames *names, const MsLabelSide *side, GError **error)
{
  g_autoptr(GByteArray) seen = g_byte_array_new();
  g_byte_array_set_size(seen, names->names->len);
  if (seen->len > 0)
    memset(seen->data, 0, seen->len);
  for (guint i = 0; i < side->places->len; i++)
    if (!match_place(names, side, g_ptr_array_index(side->places, i), seen, error))
      return FALSE;
  for (guint i = 0; i < names->names->len; i++) {
    const char *name = g_ptr_array_index(names->names, i);
    if (seen->data[i])
      continue;
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s has no column for %s%s%s, which is a label of %s%s", side->file->name,
                side->model ? side->model : "", side->model ? ":" : "", name, names->source,
                ms_column_name_find(name) ? "; name the labels with --classes if it is none" : "");
    return FALSE;
  }
  return TRUE;
}

static gboolean
match_array(const MsLabelNames *names, const MsLabelSide *side, GError **error)
{
  const MsNpy *array = side->file->array;
  if (array->shape[1] == names->names->len)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
              "%s: an array of %" G_GSIZE_FORMAT " columns, where %s has %u labels",
              side->file->name, array->shape[1], names->source, names->names->len);
  return FALSE;
}

static gboolean
match(const MsLabelNames *names, const MsLabelSide *side, GError **error)
{
  switch (side->form) {
  case MS_LABEL_FORM_LIST:
    return TRUE; /* its cells tell */
  case MS_LABEL_FORM_COLUMNS:
    return match_places(names, side, error);
  case MS_LABEL_FORM_ARRAY:
    return match_array(names, side, error);
  }
  g_return_val_if_reached(FALSE);
}

static void
fail_for_none(const MsLabelNames *names, const GPtrArray *sides, GError **error)
{
  const MsLabelSide *actual = g_ptr_array_index(sides, 0);
  const MsLabelSide *last = g_ptr_array_index(sides, sides->len - 1);
  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_EMPTY, "%s names no label%s",
              names->source ? names->source : actual->file->name,
              !names->source && last->file != actual->file
                  ? ", nor do the tables of predicted labels"
                  : "");
}

MsLabelNames *
ms_label_names_new(const GPtrArray *sides, const MsClassTable *classes, GPtrArray *notices,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr(MsLabelNames) names = g_new0(MsLabelNames, 1);
  names->names = g_ptr_array_new_with_free_func(g_free);
  names->numbers = g_hash_table_new(g_str_hash, g_str_equal);
  if (!collect(names, sides, classes, notices, cancellable, error))
    return NULL;
  if (names->names->len == 0) {
    fail_for_none(names, sides, error);
    return NULL;
  }
  for (guint i = 0; i < sides->len; i++)
    if (!match(names, g_ptr_array_index(sides, i), error))
      return NULL;
  return g_steal_pointer(&names);
}
