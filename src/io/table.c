/* SPDX-License-Identifier: MIT
 *
 * Made for tables of a million rows or 10,000 columns: one copy of the text, in which the cells are
 * moved together so that each begins behind the NUL of the one before. Where every fourth of them
 * begins is kept; the others are walked to. What a table can need is counted before it is taken.
 */
#include "io/table.h"

#include <string.h>

#include "io/error.h"

#define CELLS_A_MARK 4

struct MsTable {
  char *name;
  char *text;         /* the header's cells, then the rows' */
  GPtrArray *columns; /* names */
  /* From a name to the number of the first column that has it, counted from 1. */
  GHashTable *numbers;
  GHashTable *lower_case_numbers; /* names in lower case */
  guint32 *marks;                 /* where in text every CELLS_A_MARK-th cell of the rows begins */
  guint32 *lines;                 /* the line of the file on which each row begins */
  guint n_rows;
};

typedef struct {
  MsTable *table;
  char *at; /* the next character that is not parsed */
  char *to; /* where the next cell is moved to; never beyond `at` while there is text */
  gsize n_cells;
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

static gboolean
memory_error(GError **error, const char *name)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: not enough memory", name);
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

/* A copy of the text without its byte order mark, NUL-terminated; NULL on error. length
 * may be NULL. */
static char *
copy_text(GBytes *bytes, const char *name, gsize *length, GError **error)
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
    memory_error(error, name);
    return NULL;
  }
  if (size > 0)
    memcpy(text, data, size);
  text[size] = '\0';
  if (length != NULL)
    *length = size;
  return text;
}

static gboolean
is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

static gboolean
is_named_tsv(const char *name)
{
  gsize length = strlen(name);

  return length >= 4 && g_ascii_strcasecmp(name + length - 4, ".tsv") == 0;
}

/* The one of comma, semicolon and tab that the first line has most of. Of two it has as many of,
 * the file's ending tells, else comma comes last. */
static char
find_separator(const char *line, const char *name)
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
  if (tabs > MAX(commas, semicolons))
    return '\t';
  if (tabs > 0 && tabs == MAX(commas, semicolons) && is_named_tsv(name))
    return '\t';
  return semicolons > 0 && semicolons >= commas ? ';' : ',';
}

/* As old Macintoshes ended lines. */
static gboolean
has_only_cr(const char *text)
{
  const char *cr = strchr(text, '\r');

  return cr != NULL && strchr(text, '\n') == NULL && cr[strspn(cr, " \t\r")] != '\0';
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
  char *from = parser->at, *to = parser->to;

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
  *to++ = '\0';
  parser->to = to;
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
  if (parser->to != start)
    memmove(parser->to, start, end - start);
  parser->to += end - start;
  *parser->to++ = '\0';
}

/* Takes in one cell and steps over its delimiter, which is told. */
static gboolean
parse_cell(Parser *parser, char *delimiter, GError **error)
{
  if (parser->n_cells % CELLS_A_MARK == 0)
    parser->table->marks[parser->n_cells / CELLS_A_MARK] = parser->to - parser->table->text;
  parser->n_cells++;
  while (is_blank(*parser->at) && *parser->at != parser->separator)
    parser->at++;
  if (*parser->at == '"') {
    parser->at++;
    if (!parse_quoted(parser, delimiter, error))
      return FALSE;
  } else {
    parse_plain(parser, delimiter);
  }
  if (*delimiter != '\0')
    parser->at++;
  return TRUE;
}

/* Takes in the row's cells; *n counts them. */
static gboolean
parse_row(Parser *parser, guint *n, GError **error)
{
  MsTable *table = parser->table;
  char delimiter = parser->separator;

  table->lines[table->n_rows++] = parser->line;
  for (*n = 0; delimiter == parser->separator; (*n)++)
    if (!parse_cell(parser, &delimiter, error))
      return FALSE;
  parser->line += delimiter == '\n';
  return TRUE;
}

/* Each cell ends with a separator, a line end or the text, each row with one of the latter two. */
static gboolean
take_memory(MsTable *table, const char *text, gsize length, char separator, GError **error)
{
  gsize n_separators = 0, n_lines = 1;

  for (gsize i = 0; i < length; i++) {
    n_separators += text[i] == separator;
    n_lines += text[i] == '\n';
  }
  table->lines = g_try_new(guint32, n_lines);
  table->marks = g_try_new(guint32, (n_separators + n_lines) / CELLS_A_MARK + 1);
  return (table->lines != NULL && table->marks != NULL) || memory_error(error, table->name);
}

static gboolean
index_columns(MsTable *table, guint line, GError **error)
{
  for (guint column = 0; column < table->columns->len; column++) {
    char *name = table->columns->pdata[column];
    g_autofree char *lower_case = g_ascii_strdown(name, -1);
    guint first = GPOINTER_TO_UINT(g_hash_table_lookup(table->numbers, name));

    if (first > 0 && *name != '\0') /* any number of columns may be nameless */
      return parse_error(error, table->name, line, "the columns %u and %u are both named \"%s\"",
                         first, column + 1, name);
    if (first == 0)
      g_hash_table_insert(table->numbers, name, GUINT_TO_POINTER(column + 1));
    if (!g_hash_table_contains(table->lower_case_numbers, lower_case))
      g_hash_table_insert(table->lower_case_numbers, g_steal_pointer(&lower_case),
                          GUINT_TO_POINTER(column + 1));
  }
  return TRUE;
}

/* The first row sets the columns; as a header it is taken out of the rows. */
static gboolean
parse_first_row(Parser *parser, gboolean has_header, GError **error)
{
  MsTable *table = parser->table;
  const char *cell = parser->to;
  guint n;

  if (!skip_blank_lines(parser))
    return parse_error(error, table->name, 1, "the table is empty: no header line");
  if (!parse_row(parser, &n, error))
    return FALSE;
  if (n > MS_TABLE_MAX_COLUMNS)
    return parse_error(error, table->name, table->lines[0], "%u columns; up to %u are read", n,
                       MS_TABLE_MAX_COLUMNS);
  for (guint column = 0; column < n; column++, cell += strlen(cell) + 1)
    g_ptr_array_add(table->columns,
                    has_header ? g_strdup(cell) : g_strdup_printf("%u", column + 1));
  if (has_header) {
    table->n_rows = 0;
    parser->n_cells = 0;
  }
  return index_columns(table, table->lines[0], error);
}

static gboolean
parse_rows(Parser *parser, const char *first_is, GError **error)
{
  MsTable *table = parser->table;
  guint expected = table->columns->len;
  guint n;

  while (skip_blank_lines(parser)) {
    if (!parse_row(parser, &n, error))
      return FALSE;
    if (n != expected)
      return parse_error(error, table->name, table->lines[table->n_rows - 1],
                         "%u %s where the %s has %u", n, n == 1 ? "cell" : "cells", first_is,
                         expected);
  }
  return TRUE;
}

MsTable *
ms_table_parse_full(GBytes *bytes, const char *name, char separator, gboolean has_header,
                    GError **error)
{
  g_autoptr(MsTable) table = NULL;
  gsize length;
  char *text = copy_text(bytes, name, &length, error);
  Parser parser;

  if (text == NULL)
    return NULL;
  table = g_new0(MsTable, 1);
  table->name = g_strdup(name);
  table->text = text;
  table->columns = g_ptr_array_new_with_free_func(g_free);
  table->numbers = g_hash_table_new(g_str_hash, g_str_equal);
  table->lower_case_numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  if (has_only_cr(text)) {
    parse_error(error, name, 1, "the file has CR line endings alone; save it with LF");
    return NULL;
  }
  parser = (Parser){.table = table, .at = text, .to = text, .separator = separator, .line = 1};
  if (separator == '\0') {
    skip_blank_lines(&parser);
    parser.separator = find_separator(parser.at, name);
  }
  if (!take_memory(table, text, length, parser.separator, error) ||
      !parse_first_row(&parser, has_header, error) ||
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
  g_hash_table_unref(table->numbers);
  g_hash_table_unref(table->lower_case_numbers);
  g_ptr_array_unref(table->columns);
  g_free(table->marks);
  g_free(table->lines);
  g_free(table);
}

guint
ms_table_n_rows(const MsTable *table)
{
  return table->n_rows;
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
  g_autofree char *lower_case = g_ascii_strdown(wanted, -1);
  guint number = GPOINTER_TO_UINT(g_hash_table_lookup(table->numbers, wanted));

  if (number == 0)
    number = GPOINTER_TO_UINT(g_hash_table_lookup(table->lower_case_numbers, lower_case));
  return (int)number - 1;
}

int
ms_table_find_any_column(const MsTable *table, const char *const *names)
{
  for (guint i = 0; names[i]; i++) {
    int column = ms_table_find_column(table, names[i]);

    if (column >= 0)
      return column;
  }
  return -1;
}

const char *
ms_table_cell(const MsTable *table, guint row, guint column)
{
  gsize index = (gsize)row * table->columns->len + column;
  const char *cell;

  g_return_val_if_fail(row < table->n_rows && column < table->columns->len, "");
  cell = table->text + table->marks[index / CELLS_A_MARK];
  for (gsize i = index % CELLS_A_MARK; i > 0; i--)
    cell += strlen(cell) + 1;
  return cell;
}

guint
ms_table_line(const MsTable *table, guint row)
{
  g_return_val_if_fail(row < table->n_rows, 0);
  return table->lines[row];
}

gboolean
ms_table_cell_error(const MsTable *table, guint row, guint column, GError **error,
                    const char *format, ...)
{
  const char *name = ms_table_column_name(table, column);
  g_autofree char *number = g_strdup_printf("%u", column + 1);
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start(arguments, format);
  cause = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE, "%s, line %u, column %s: %s", table->name,
              ms_table_line(table, row), *name != '\0' ? name : number, cause);
  return FALSE;
}

GStrv
ms_text_lines(GBytes *bytes, const char *name, GError **error)
{
  g_autofree char *text = copy_text(bytes, name, NULL, error);
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
