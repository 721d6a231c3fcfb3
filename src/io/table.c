/* SPDX-License-Identifier: MIT
 *
 * Made for tables of a million rows: one copy of the text in which cells are cut out in place, and
 * an array of offsets.
 */
#include "io/table.h"

#include <string.h>

#include "io/error.h"

struct MsTable {
  char *name;
  char *text;         /* NUL-terminated cells */
  GPtrArray *columns; /* names */
  GArray *cells;      /* guint32: where each begins in text, row by row */
  GArray *lines;      /* guint32: where each row begins in the file */
};

typedef struct {
  MsTable *table;
  char *at; /* the next character that is not parsed */
  char separator;
  guint line;
} Parser;

G_GNUC_PRINTF(4, 5)
static gboolean
parse_error(GError **error, const char *name, guint line, const char *format, ...)
{
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start(arguments, format);
  cause = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s, line %u: %s", name, line, cause);
  return FALSE;
}

static guint
count_newlines(const char *text, gsize size)
{
  guint n = 0;

  for (gsize i = 0; i < size; i++)
    n += text[i] == '\n';
  return n;
}

/* A copy of the text without its byte order mark, NUL-terminated; NULL on error. */
static char *
copy_text(GBytes *bytes, const char *name, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);
  const char *invalid;
  char *text;

  if (size > MS_TABLE_MAX_BYTES) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: %" G_GSIZE_FORMAT " bytes; tables up to %u bytes are read", name, size,
                MS_TABLE_MAX_BYTES);
    return NULL;
  }
  if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
    data += 3;
    size -= 3;
  }
  if (size > 0 && !g_utf8_validate(data, size, &invalid)) {
    parse_error(error, name, 1 + count_newlines(data, invalid - data),
                "not UTF-8 text; save the file as UTF-8");
    return NULL;
  }
  text = g_try_malloc(size + 1);
  if (text == NULL) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: not enough memory", name);
    return NULL;
  }
  if (size > 0)
    memcpy(text, data, size);
  text[size] = '\0';
  return text;
}

static gboolean
is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

/* The one of comma, semicolon and tab that the first line has most of. */
static char
find_separator(const char *line)
{
  gsize commas = 0, semicolons = 0, tabs = 0;
  gboolean quoted = FALSE;

  for (; *line != '\0' && (quoted || *line != '\n'); line++) {
    if (*line == '"')
      quoted = !quoted;
    if (quoted)
      continue;
    commas += *line == ',';
    semicolons += *line == ';';
    tabs += *line == '\t';
  }
  if (tabs > commas && tabs > semicolons)
    return '\t';
  return semicolons > commas ? ';' : ',';
}

static gboolean
skip_blank_lines(Parser *parser)
{
  for (;;) {
    char *c = parser->at;

    while (is_blank(*c) && *c != parser->separator)
      c++;
    if (*c == '\0')
      return FALSE;
    if (*c != '\n')
      return TRUE;
    parser->line++;
    parser->at = c + 1;
  }
}

/* Stands behind the opening quote; leaves the parser on the delimiter. */
static gboolean
parse_quoted(Parser *parser, char *delimiter, GError **error)
{
  guint first_line = parser->line;
  char *from = parser->at, *to = parser->at;

  for (; *from != '"' || from[1] == '"'; *to++ = *from++) {
    if (*from == '\0')
      return parse_error(error, parser->table->name, first_line,
                         "a quote is opened and never closed");
    if (*from == '\n')
      parser->line++;
    if (*from == '"')
      from++;
  }
  for (from++; is_blank(*from) && *from != parser->separator;)
    from++;
  *delimiter = *from;
  if (*delimiter != parser->separator && *delimiter != '\n' && *delimiter != '\0')
    return parse_error(error, parser->table->name, parser->line, "text behind a closing quote");
  *to = '\0';
  parser->at = from;
  return TRUE;
}

static void
parse_plain(Parser *parser, char *delimiter)
{
  char *start = parser->at, *end = start, separator = parser->separator;

  while (*end != separator && *end != '\n' && *end != '\0')
    end++;
  *delimiter = *end;
  parser->at = end;
  while (end > start && is_blank(end[-1]))
    end--;
  *end = '\0';
}

/* Cuts out one cell and steps over its delimiter, which is told. */
static gboolean
parse_cell(Parser *parser, char **cell, char *delimiter, GError **error)
{
  while (is_blank(*parser->at) && *parser->at != parser->separator)
    parser->at++;
  if (*parser->at == '"') {
    *cell = ++parser->at;
    if (!parse_quoted(parser, delimiter, error))
      return FALSE;
  } else {
    *cell = parser->at;
    parse_plain(parser, delimiter);
  }
  if (*delimiter != '\0')
    parser->at++;
  return TRUE;
}

/* Appends the row's cells, up to `max` of them; *n counts all. */
static gboolean
parse_row(Parser *parser, guint max, guint *n, GError **error)
{
  MsTable *table = parser->table;
  char delimiter = parser->separator;
  guint32 line = parser->line;

  g_array_append_val(table->lines, line);
  for (*n = 0; delimiter == parser->separator; (*n)++) {
    guint32 offset;
    char *cell;

    if (!parse_cell(parser, &cell, &delimiter, error))
      return FALSE;
    offset = cell - table->text;
    if (*n < max)
      g_array_append_val(table->cells, offset);
  }
  parser->line += delimiter == '\n';
  return TRUE;
}

static gboolean
check_names(const MsTable *table, guint line, GError **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

  for (guint column = 0; column < table->columns->len; column++) {
    char *name = table->columns->pdata[column];
    gpointer first = g_hash_table_lookup(seen, name);

    if (first != NULL)
      return parse_error(error, table->name, line, "the columns %u and %u are both named \"%s\"",
                         GPOINTER_TO_UINT(first), column + 1, name);
    if (*name != '\0') /* a table's nameless columns are found by no name */
      g_hash_table_insert(seen, name, GUINT_TO_POINTER(column + 1));
  }
  return TRUE;
}

/* The first row sets the columns; as a header it is taken out of the rows. */
static gboolean
parse_first_row(Parser *parser, gboolean has_header, GError **error)
{
  MsTable *table = parser->table;
  guint n;

  if (!skip_blank_lines(parser))
    return parse_error(error, table->name, 1, "the table is empty: no header line");
  if (!parse_row(parser, MS_TABLE_MAX_COLUMNS, &n, error))
    return FALSE;
  if (n > MS_TABLE_MAX_COLUMNS)
    return parse_error(error, table->name, g_array_index(table->lines, guint32, 0),
                       "%u columns; up to %u are read", n, MS_TABLE_MAX_COLUMNS);
  for (guint column = 0; column < n; column++) {
    guint32 offset = g_array_index(table->cells, guint32, column);

    g_ptr_array_add(table->columns, has_header ? g_strdup(table->text + offset)
                                               : g_strdup_printf("%u", column + 1));
  }
  if (!has_header)
    return TRUE;
  if (!check_names(table, g_array_index(table->lines, guint32, 0), error))
    return FALSE;
  g_array_set_size(table->cells, 0);
  g_array_set_size(table->lines, 0);
  return TRUE;
}

static gboolean
parse_rows(Parser *parser, const char *first_is, GError **error)
{
  MsTable *table = parser->table;
  guint expected = table->columns->len;
  guint n;

  while (skip_blank_lines(parser)) {
    if (!parse_row(parser, expected, &n, error))
      return FALSE;
    if (n != expected)
      return parse_error(
          error, table->name, g_array_index(table->lines, guint32, table->lines->len - 1),
          "%u %s where the %s has %u", n, n == 1 ? "cell" : "cells", first_is, expected);
  }
  return TRUE;
}

MsTable *
ms_table_parse_full(GBytes *bytes, const char *name, char separator, gboolean has_header,
                    GError **error)
{
  g_autoptr(MsTable) table = NULL;
  char *text = copy_text(bytes, name, error);
  Parser parser;

  if (text == NULL)
    return NULL;
  table = g_new0(MsTable, 1);
  table->name = g_strdup(name);
  table->text = text;
  table->columns = g_ptr_array_new_with_free_func(g_free);
  table->cells = g_array_new(FALSE, FALSE, sizeof(guint32));
  table->lines = g_array_new(FALSE, FALSE, sizeof(guint32));
  parser = (Parser){table, text, separator, 1};
  if (separator == '\0') {
    skip_blank_lines(&parser);
    parser.separator = find_separator(parser.at);
  }
  if (!parse_first_row(&parser, has_header, error) ||
      !parse_rows(&parser, has_header ? "header" : "first row", error))
    return NULL;
  return g_steal_pointer(&table);
}

MsTable *
ms_table_parse(GBytes *bytes, const char *name, GError **error)
{
  return ms_table_parse_full(bytes, name, '\0', TRUE, error);
}

void
ms_table_free(MsTable *table)
{
  g_free(table->name);
  g_free(table->text);
  g_ptr_array_unref(table->columns);
  g_array_unref(table->cells);
  g_array_unref(table->lines);
  g_free(table);
}

guint
ms_table_n_rows(const MsTable *table)
{
  return table->lines->len;
}

guint
ms_table_n_columns(const MsTable *table)
{
  return table->columns->len;
}

const char *
ms_table_name(const MsTable *table)
{
  return table->name;
}

const char *
ms_table_column_name(const MsTable *table, guint column)
{
  g_return_val_if_fail(column < table->columns->len, "");
  return table->columns->pdata[column];
}

int
ms_table_find_column(const MsTable *table, const char *name)
{
  g_autofree char *wanted = g_strstrip(g_strdup(name));
  int found = -1;

  for (guint column = 0; column < table->columns->len; column++) {
    const char *candidate = table->columns->pdata[column];

    if (g_str_equal(candidate, wanted))
      return column;
    if (found < 0 && g_ascii_strcasecmp(candidate, wanted) == 0)
      found = column;
  }
  return found;
}

const char *
ms_table_cell(const MsTable *table, guint row, guint column)
{
  gsize index = (gsize)row * table->columns->len + column;

  g_return_val_if_fail(row < table->lines->len && column < table->columns->len, "");
  return table->text + g_array_index(table->cells, guint32, index);
}

guint
ms_table_line(const MsTable *table, guint row)
{
  g_return_val_if_fail(row < table->lines->len, 0);
  return g_array_index(table->lines, guint32, row);
}

GStrv
ms_text_lines(GBytes *bytes, const char *name, GError **error)
{
  g_autofree char *text = copy_text(bytes, name, error);
  GStrv lines;

  if (text == NULL)
    return NULL;
  g_strchomp(text);
  lines = g_strsplit(text, "\n", -1);
  for (GStrv line = lines; *line != NULL; line++) {
    gsize length = strlen(*line);

    if (length > 0 && (*line)[length - 1] == '\r')
      (*line)[length - 1] = '\0';
  }
  return lines;
}
