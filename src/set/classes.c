/* SPDX-License-Identifier: MIT
 *
 * Class tables from text: a plain list of names, or a CSV table. Both are checked line by line;
 * what is wrong with a line is said with its number.
 */
#include "set/classes.h"

#include <string.h>

#include "io/error.h"
#include "io/file.h"
#include "io/table.h"

#define MAX_FILE_BYTES (16u << 20)

static void
class_clear(gpointer data)
{
  g_free(((MsClass *)data)->name);
}

static int
compare_classes(gconstpointer a, gconstpointer b)
{
  guint32 left = ((const MsClass *)a)->id, right = ((const MsClass *)b)->id;
  return (left > right) - (left < right);
}

static gboolean
is_background_name(const char *name)
{
  return g_ascii_strcasecmp(name, "background") == 0 ||
         g_ascii_strcasecmp(name, "_background_") == 0 || g_ascii_strcasecmp(name, "bg") == 0;
}

/* Takes the array over; it is sorted by id here. */
static MsClassTable *
table_new(GArray *classes, const char *source)
{
  g_array_sort(classes, compare_classes);
  g_array_set_clear_func(classes, NULL);
  MsClassTable *table = g_new0(MsClassTable, 1);
  table->n_classes = classes->len;
  table->classes = (MsClass *)(void *)g_array_free(classes, FALSE);
  table->ids = g_new(guint32, table->n_classes);
  table->background = -1;
  table->ignored = -1;
  table->source = g_strdup(source);
  for (gsize i = 0; i < table->n_classes; i++) {
    table->ids[i] = table->classes[i].id;
    if (table->background < 0 && is_background_name(table->classes[i].name))
      table->background = table->classes[i].id;
  }
  return table;
}

static MsClassTable *
load_lines(GBytes *bytes, const char *name, GError **error)
{
  g_auto(GStrv) lines = ms_text_lines(bytes, name, error);
  if (!lines)
    return NULL;
  guint first = lines[0] && strcmp(g_strstrip(lines[0]), "__ignore__") == 0 ? 1 : 0;
  g_autoptr(GArray) classes = g_array_new(FALSE, TRUE, sizeof(MsClass));
  g_array_set_clear_func(classes, class_clear);
  for (guint i = first; lines[i]; i++) {
    MsClass class = {.id = i - first, .name = g_strdup(g_strstrip(lines[i]))};
    g_array_append_val(classes, class);
    if (class.name[0] == '\0') {
      g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                  "%s, line %u: empty; every line names the class of an id", name, i + 1);
      return NULL;
    }
  }
  if (classes->len == 0) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s names no class", name);
    return NULL;
  }
  MsClassTable *table = table_new(g_steal_pointer(&classes), name);
  table->ignored = first ? 255 : -1;
  return table;
}

static const char *const id_names[] = {"id", "index", "idx", "class_id", "label_id", NULL};
static const char *const class_names[] = {"name", "label", "class", "class_name", NULL};
static const char *const color_names[3][3] = {
    {"r", "red", NULL}, {"g", "green", NULL}, {"b", "blue", NULL}};

/* The column that the first of the names has which any column has; -1: none. */
static int
find_column(const MsTable *table, const char *const *names)
{
  for (guint i = 0; names[i]; i++) {
    int column = ms_table_find_column(table, names[i]);
    if (column >= 0)
      return column;
  }
  return -1;
}

static gboolean
read_cell(const MsTable *table, guint row, int column, guint64 maximum, guint64 *value,
          GError **error)
{
  const char *cell = ms_table_cell(table, row, (guint)column);
  if (g_ascii_string_to_unsigned(cell, 10, 0, maximum, value, NULL))
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
              "%s, line %u, column %s: \"%s\" is not a whole number from 0 to %" G_GUINT64_FORMAT,
              ms_table_name(table), ms_table_line(table, row),
              ms_table_column_name(table, (guint)column), cell, maximum);
  return FALSE;
}

/* Colours are all or none: a row may leave the three cells empty. */
static gboolean
read_color(const MsTable *table, guint row, const int columns[3], MsClass *class, GError **error)
{
  guint8 *samples[3] = {&class->red, &class->green, &class->blue};
  if (columns[0] < 0 || columns[1] < 0 || columns[2] < 0 ||
      *ms_table_cell(table, row, (guint)columns[0]) == '\0')
    return TRUE;
  for (int i = 0; i < 3; i++) {
    guint64 value;
    if (!read_cell(table, row, columns[i], 255, &value, error))
      return FALSE;
    *samples[i] = (guint8)value;
  }
  class->has_color = TRUE;
  return TRUE;
}

static gboolean
read_class(const MsTable *table, guint row, const int columns[5], GHashTable *seen, MsClass *class,
           GError **error)
{
  guint64 id;
  if (!read_cell(table, row, columns[0], G_MAXUINT32, &id, error) ||
      !read_color(table, row, columns + 2, class, error))
    return FALSE;
  class->id = (guint32)id;
  const char *name = ms_table_cell(table, row, (guint)columns[1]);
  if (*name == '\0') {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s, line %u: class %u has no name",
                ms_table_name(table), ms_table_line(table, row), class->id);
    return FALSE;
  }
  guint line = GPOINTER_TO_UINT(g_hash_table_lookup(seen, GUINT_TO_POINTER(class->id)));
  if (line) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: class %u stands on line %u and on line %u", ms_table_name(table), class->id,
                line, ms_table_line(table, row));
    return FALSE;
  }
  g_hash_table_insert(seen, GUINT_TO_POINTER(class->id),
                      GUINT_TO_POINTER(ms_table_line(table, row)));
  class->name = g_strdup(name);
  return TRUE;
}

static MsClassTable *
load_table(GBytes *bytes, const char *name, GError **error)
{
  g_autoptr(MsTable) table = ms_table_parse(bytes, name, error);
  if (!table)
    return NULL;
  const int columns[5] = {
      find_column(table, id_names),       find_column(table, class_names),
      find_column(table, color_names[0]), find_column(table, color_names[1]),
      find_column(table, color_names[2]),
  };
  if (columns[0] < 0 || columns[1] < 0) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: a class table begins with a line that names its columns: id,name and, if "
                "wanted, r,g,b",
                name);
    return NULL;
  }
  g_autoptr(GArray) classes = g_array_new(FALSE, TRUE, sizeof(MsClass));
  g_array_set_clear_func(classes, class_clear);
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  for (guint row = 0; row < ms_table_n_rows(table); row++) {
    MsClass class = {0};
    if (!read_class(table, row, columns, seen, &class, error))
      return NULL;
    g_array_append_val(classes, class);
  }
  if (classes->len == 0) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s names no class", name);
    return NULL;
  }
  return table_new(g_steal_pointer(&classes), name);
}

/* Whether a line begins with a number and a separator, or names such columns. */
static gboolean
is_row(const char *line)
{
  g_auto(GStrv) cells = g_strsplit_set(line, ",;\t", 3);
  if (!cells[0] || !cells[1])
    return FALSE;
  g_autofree char *first = g_ascii_strdown(g_strstrip(cells[0]), -1);
  return g_strv_contains(id_names, first) ||
         g_ascii_string_to_unsigned(first, 10, 0, G_MAXUINT32, NULL, NULL);
}

/* A table in a file that should hold a name a line: read so, every line would be a name. */
static gboolean
is_like_table(GBytes *bytes)
{
  g_auto(GStrv) lines = ms_text_lines(bytes, "", NULL);
  for (guint i = 0; lines && lines[i]; i++)
    if (!is_row(lines[i]))
      return FALSE;
  return lines && lines[0];
}

MsClassTable *
ms_class_table_load(const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) bytes = ms_file_read(path, MAX_FILE_BYTES, cancellable, error);
  if (!bytes)
    return NULL;
  g_autofree char *name = ms_path_display(path);
  gsize length = strlen(path);
  gboolean csv = length > 4 && g_ascii_strcasecmp(path + length - 4, ".csv") == 0;
  return csv || is_like_table(bytes) ? load_table(bytes, name, error)
                                     : load_lines(bytes, name, error);
}

MsClassTable *
ms_class_table_from_names(const char *const *names, gsize n_names, const char *source)
{
  GArray *classes = g_array_sized_new(FALSE, TRUE, sizeof(MsClass), (guint)n_names);
  for (gsize i = 0; i < n_names; i++) {
    MsClass class = {.id = (guint32)i, .name = g_strdup(names[i])};
    g_array_append_val(classes, class);
  }
  return table_new(classes, source);
}

MsClassTable *
ms_class_table_new(const MsClass *classes, gsize n_classes, const char *source)
{
  GArray *copies = g_array_sized_new(FALSE, TRUE, sizeof(MsClass), (guint)n_classes);
  g_array_append_vals(copies, classes, (guint)n_classes);
  for (gsize i = 0; i < n_classes; i++) {
    MsClass *class = &g_array_index(copies, MsClass, i);
    class->name = g_strdup(class->name);
  }
  return table_new(copies, source);
}

MsClassTable *
ms_class_table_copy(const MsClassTable *table)
{
  MsClassTable *copy = g_memdup2(table, sizeof *table);
  copy->classes = g_memdup2(table->classes, table->n_classes * sizeof *table->classes);
  copy->ids = g_memdup2(table->ids, table->n_classes * sizeof *table->ids);
  copy->source = g_strdup(table->source);
  for (gsize i = 0; i < copy->n_classes; i++)
    copy->classes[i].name = g_strdup(table->classes[i].name);
  return copy;
}

void
ms_class_table_free(MsClassTable *table)
{
  if (!table)
    return;
  for (gsize i = 0; i < table->n_classes; i++)
    g_free(table->classes[i].name);
  g_free(table->classes);
  g_free(table->ids);
  g_free(table->source);
  g_free(table);
}

const MsClass *
ms_class_table_find(const MsClassTable *table, guint32 id)
{
  gsize low = 0, high = table->n_classes;
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    if (table->ids[middle] < id)
      low = middle + 1;
    else
      high = middle;
  }
  return low < table->n_classes && table->ids[low] == id ? &table->classes[low] : NULL;
}
