/* SPDX-License-Identifier: MIT
 *
 * Each form is checked line by line; what is wrong with a line is said with its number.
 */
#include "set/class-files.h"

#include <string.h>

#include "io/error.h"
#include "io/table.h"

typedef struct {
  int id; /* -1: the row is the id */
  int name;
  int colors[3];
  gboolean is_ade20k; /* 0 counts nowhere, and names are lists of synonyms */
} Columns;

static void
class_clear(gpointer data)
{
  g_free(((MsClass *)data)->name);
}

static GArray *
classes_new(void)
{
  GArray *classes = g_array_new(FALSE, TRUE, sizeof(MsClass));
  g_array_set_clear_func(classes, class_clear);
  return classes;
}

static MsClassTable *
finish(const GArray *classes, gint64 ignored, const char *name, GError **error)
{
  if (classes->len > 0)
    return ms_class_table_new_full((const MsClass *)(void *)classes->data, classes->len, NULL, 0,
                                   ignored, name);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s names no class", name);
  return NULL;
}

gboolean
ms_class_name_check(const char *name, const char *file, guint line, GError **error)
{
  if (strlen(name) <= MS_CLASS_NAME_MAX_BYTES)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
              "%s, line %u: the name of a class is %" G_GSIZE_FORMAT " bytes long; %u are read",
              file, line, strlen(name), MS_CLASS_NAME_MAX_BYTES);
  return FALSE;
}

/* --- a name a line -------------------------------------------------------------------------- */

static MsClassTable *
load_lines(GStrv lines, const char *name, GError **error)
{
  guint first = lines[0] && strcmp(g_strstrip(lines[0]), "__ignore__") == 0 ? 1 : 0;
  g_autoptr(GArray) classes = classes_new();
  for (guint i = first; lines[i]; i++) {
    MsClass class = {.id = i - first, .name = g_strdup(g_strstrip(lines[i]))};
    g_array_append_val(classes, class);
    if (class.name[0] == '\0') {
      g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                  "%s, line %u: empty; every line names the class of an id", name, i + 1);
      return NULL;
    }
    if (!ms_class_name_check(class.name, name, i + 1, error))
      return NULL;
  }
  return finish(classes, first ? 255 : -1, name, error);
}

/* --- "r g b name" --------------------------------------------------------------------------- */

/* Three numbers up to 255 and something behind them; *rest is that. */
static gboolean
read_color_line(const char *line, guint8 color[3], const char **rest)
{
  for (int i = 0; i < 3; i++) {
    char *end;
    guint64 value;
    line += strspn(line, " \t");
    if (!g_ascii_isdigit(*line))
      return FALSE;
    value = g_ascii_strtoull(line, &end, 10);
    if (value > 255 || (*end != ' ' && *end != '\t'))
      return FALSE;
    color[i] = (guint8)value;
    line = end;
  }
  *rest = line + strspn(line, " \t");
  return **rest != '\0';
}

static gboolean
are_color_lines(GStrv lines)
{
  guint8 color[3];
  const char *rest;
  for (guint i = 0; lines[i]; i++)
    if (!read_color_line(lines[i], color, &rest))
      return FALSE;
  return lines[0] != NULL;
}

static MsClassTable *
load_color_lines(GStrv lines, const char *name, GError **error)
{
  g_autoptr(GArray) classes = classes_new();
  for (guint i = 0; lines[i]; i++) {
    MsClass class = {.id = i, .has_color = TRUE};
    guint8 color[3];
    const char *rest;
    read_color_line(lines[i], color, &rest);
    if (!ms_class_name_check(rest, name, i + 1, error))
      return NULL;
    class.name = g_strstrip(g_strdup(rest));
    class.red = color[0];
    class.green = color[1];
    class.blue = color[2];
    g_array_append_val(classes, class);
  }
  return finish(classes, -1, name, error);
}

/* --- tables --------------------------------------------------------------------------------- */

static const char *const id_names[] = {"id", "index", "idx", "class_id", "label_id", NULL};
static const char *const class_names[] = {"name", "label", "class", "class_name", NULL};
static const char *const color_names[3][3] = {
    {"r", "red", NULL}, {"g", "green", NULL}, {"b", "blue", NULL}};

static gboolean
find_columns(const MsTable *table, Columns *columns, GError **error)
{
  gboolean colors = TRUE;
  columns->id = ms_table_find_any_column(table, id_names);
  columns->name = ms_table_find_any_column(table, class_names);
  for (int i = 0; i < 3; i++) {
    columns->colors[i] = ms_table_find_any_column(table, color_names[i]);
    colors &= columns->colors[i] >= 0;
  }
  if (!colors)
    columns->colors[0] = -1;
  columns->is_ade20k = columns->id >= 0 && ms_table_find_column(table, "ratio") >= 0 &&
                       ms_table_find_column(table, "train") >= 0;
  if (columns->name >= 0 && (columns->id >= 0 || colors))
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
              "%s: a class table begins with a line that names its columns: id,name and, if "
              "wanted, r,g,b; without ids name,r,g,b",
              ms_table_name(table));
  return FALSE;
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
  if (columns[0] < 0 || *ms_table_cell(table, row, (guint)columns[0]) == '\0')
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
read_name(const MsTable *table, guint row, const Columns *columns, MsClass *class, GError **error)
{
  const char *name = ms_table_cell(table, row, (guint)columns->name);
  if (*name == '\0') {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s, line %u: class %u has no name",
                ms_table_name(table), ms_table_line(table, row), class->id);
    return FALSE;
  }
  if (!ms_class_name_check(name, ms_table_name(table), ms_table_line(table, row), error))
    return FALSE;
  class->name = g_strndup(name, columns->is_ade20k ? strcspn(name, ";,") : strlen(name));
  return TRUE;
}

/* seen: the lines of ids. */
static gboolean
read_class(const MsTable *table, guint row, const Columns *columns, GHashTable *seen,
           MsClass *class, GError **error)
{
  guint64 id = row;
  if ((columns->id >= 0 && !read_cell(table, row, columns->id, G_MAXUINT32, &id, error)) ||
      !read_color(table, row, columns->colors, class, error))
    return FALSE;
  class->id = (guint32)id;
  guint line = GPOINTER_TO_UINT(g_hash_table_lookup(seen, GUINT_TO_POINTER(class->id)));
  if (line) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: class %u stands on line %u and on line %u", ms_table_name(table), class->id,
                line, ms_table_line(table, row));
    return FALSE;
  }
  g_hash_table_insert(seen, GUINT_TO_POINTER(class->id),
                      GUINT_TO_POINTER(ms_table_line(table, row)));
  return read_name(table, row, columns, class, error);
}

static MsClassTable *
load_table(GBytes *bytes, const char *name, GError **error)
{
  g_autoptr(MsTable) table = ms_table_parse(bytes, name, error);
  Columns columns;
  if (!table || !find_columns(table, &columns, error))
    return NULL;
  g_autoptr(GArray) classes = classes_new();
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  for (guint row = 0; row < ms_table_n_rows(table); row++) {
    MsClass class = {0};
    if (!read_class(table, row, &columns, seen, &class, error))
      return NULL;
    g_array_append_val(classes, class);
  }
  return finish(classes, columns.is_ade20k ? 0 : -1, name, error);
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
are_rows(GStrv lines)
{
  for (guint i = 0; lines[i]; i++)
    if (!is_row(lines[i]))
      return FALSE;
  return lines[0] != NULL;
}

MsClassTable *
ms_class_table_from_text(GBytes *bytes, const char *name, gboolean csv, GError **error)
{
  if (csv)
    return load_table(bytes, name, error);
  g_auto(GStrv) lines = ms_text_lines(bytes, name, error);
  if (!lines)
    return NULL;
  if (are_color_lines(lines))
    return load_color_lines(lines, name, error);
  return are_rows(lines) ? load_table(bytes, name, error) : load_lines(lines, name, error);
}
