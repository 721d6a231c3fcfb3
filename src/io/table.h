/* SPDX-License-Identifier: MIT
 *
 * A small text table: comma, semicolon or tab (told from the header line), with or without a byte
 * order mark, LF or CRLF, RFC 4180 quotes. Read whole, kept as strings. Errors name file, row (as
 * the line number in the file) and column.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct MsTable MsTable;

#define MS_TABLE_MAX_COLUMNS 10100
#define MS_TABLE_MAX_BYTES   (1u << 30)

/* The first row is the header; lines with nothing but blanks are passed over. Errors
 * (MS_IO_ERROR_PARSE): not UTF-8, no header, a row with more or fewer cells than the header, an
 * open quote at the end, a column name twice. */
MsTable *ms_table_parse(GBytes *bytes, const char *name, GError **error);

/* The same with the separator given ('\0': told from the first line) and, if has_header is FALSE,
 * columns named "1", "2", ... */
MsTable *ms_table_parse_full(GBytes *bytes, const char *name, char separator, gboolean has_header,
                             GError **error);
void ms_table_free(MsTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsTable, ms_table_free)

guint ms_table_n_rows(const MsTable *table);
guint ms_table_n_columns(const MsTable *table);
const char *ms_table_name(const MsTable *table);
const char *ms_table_column_name(const MsTable *table, guint column);

/* The column of that name, or -1. Blanks around it do not matter, nor does ASCII case where no
 * column has the very name. */
int ms_table_find_column(const MsTable *table, const char *name);
/* The column that the first of the names (NULL-terminated) has which any column has, or -1. */
int ms_table_find_any_column(const MsTable *table, const char *const *names);

/* A cell without the blanks around it (those inside quotes stay); never NULL. */
const char *ms_table_cell(const MsTable *table, guint row, guint column);

/* The line of the file on which a row begins, counted from 1. */
guint ms_table_line(const MsTable *table, guint row);

/* Sets MS_IO_ERROR_PARSE, "NAME, line L, column C: ..."; C is the column's name, or its number
 * counted from 1 when it has none. Returns FALSE. */
gboolean ms_table_cell_error(const MsTable *table, guint row, guint column, GError **error,
                             const char *format, ...) G_GNUC_PRINTF(5, 6);

/* Lines of a plain list (classes.txt): BOM and CR stripped, the empty tail dropped. */
GStrv ms_text_lines(GBytes *bytes, const char *name, GError **error);

G_END_DECLS
