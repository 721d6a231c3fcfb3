/* SPDX-License-Identifier: MIT
 *
 * Separators, quotes, blanks, errors with their line, tables written at random and read back, and a
 * table of a million rows.
 */
#include "io/table.h"

#include <string.h>

#include "io/error.h"
#include "support/random.h"

static MsTable *
parse(const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
  g_autoptr(GError) error = NULL;
  MsTable *table = ms_table_parse(bytes, "set.csv", &error);

  g_assert_no_error(error);
  return table;
}

static void
assert_fails_bytes(const char *text, gsize size, const char *message)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, size);
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_table_parse(bytes, "set.csv", &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
  g_assert_cmpstr(error->message, ==, message);
}

static void
assert_fails(const char *text, const char *message)
{
  assert_fails_bytes(text, strlen(text), message);
}

/* Cells are written row by row, joined with | and /. */
static void
assert_cells(const MsTable *table, const char *expected)
{
  g_autoptr(GString) found = g_string_new(NULL);

  for (guint row = 0; row < ms_table_n_rows(table); row++)
    for (guint column = 0; column < ms_table_n_columns(table); column++)
      g_string_append_printf(found, "%s%s",
                             column > 0 ? "|"
                             : row > 0  ? "/"
                                        : "",
                             ms_table_cell(table, row, column));
  g_assert_cmpstr(found->str, ==, expected);
}

static void
test_separators(void)
{
  static const char *const texts[] = {
      "id,a,b\n1,x,y\n2,,z\n",
      "id;a;b\n1;x;y\n2;;z\n",
      "id\ta\tb\n1\tx\ty\n2\t\tz\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(MsTable) table = parse(texts[i]);

    g_assert_cmpuint(ms_table_n_columns(table), ==, 3);
    g_assert_cmpstr(ms_table_column_name(table, 2), ==, "b");
    assert_cells(table, "1|x|y/2||z");
  }
}

static void
test_separator_is_the_most_frequent(void)
{
  g_autoptr(MsTable) labels = parse("example,actual,predicted\nsong,Happy;Fast,Happy;Slow\n");
  g_autoptr(MsTable) quoted = parse("\"a,b,c,d\";x\n1;2\n");
  g_autoptr(MsTable) tie = parse("a,b;c\n1;2\n");

  static const char text[] = "id\tA,b\n1\t2\n";
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, sizeof text - 1);
  g_autoptr(MsTable) tabs = ms_table_parse(bytes, "labels.TSV", NULL);

  assert_cells(tie, "1|2");
  g_assert_cmpstr(ms_table_column_name(tabs, 1), ==, "A,b");
  assert_cells(labels, "song|Happy;Fast|Happy;Slow");
  g_assert_cmpstr(ms_table_column_name(quoted, 0), ==, "a,b,c,d");
}

static void
test_byte_order_mark_and_line_ends(void)
{
  g_autoptr(MsTable) table = parse("\xef\xbb\xbfid,a\r\n1,x\r\n2,\"y\"\r\n3,z");

  g_assert_cmpstr(ms_table_column_name(table, 0), ==, "id");
  g_assert_cmpint(ms_table_find_column(table, "id"), ==, 0);
  assert_cells(table, "1|x/2|y/3|z");
}

static void
test_quotes(void)
{
  g_autoptr(MsTable) table =
      parse("id,a\n\"1, or\",\"say \"\"hi\"\"\"\n2 , \" two\nlines \" \n3,5\" disk\n,\"\"\n");

  assert_cells(table, "1, or|say \"hi\"/2| two\nlines /3|5\" disk/|");
  g_assert_cmpuint(ms_table_line(table, 0), ==, 2);
  g_assert_cmpuint(ms_table_line(table, 1), ==, 3);
  g_assert_cmpuint(ms_table_line(table, 2), ==, 5);
}

static void
test_separators_and_line_ends_in_quotes(void)
{
  static const char separators[] = ",;\t";

  for (int i = 0; i < 3; i++) {
    g_autofree char *text = g_strdup_printf("id%1$ca%1$c\"b%1$c1\"\n"
                                            "\"1%1$c\"%1$c\",;\t\r\n\n\"%1$c\"\"\"\"\n"
                                            "2%1$c\"\"%1$c\" \"",
                                            separators[i]);
    g_autofree char *name = g_strdup_printf("b%c1", separators[i]);
    g_autofree char *cells = g_strdup_printf("1%c|,;\t\r\n\n|\"/2|| ", separators[i]);
    g_autoptr(MsTable) table = parse(text);

    g_assert_cmpstr(ms_table_column_name(table, 2), ==, name);
    assert_cells(table, cells);
    g_assert_cmpuint(ms_table_line(table, 0), ==, 2);
    g_assert_cmpuint(ms_table_line(table, 1), ==, 5);
  }
}

static void
test_blanks_and_blank_lines(void)
{
  g_autoptr(MsTable) table = parse("\n  \n id , a\t\n\n 1 ,\tx y \n   \n,\n\n");

  g_assert_cmpint(ms_table_find_column(table, "a"), ==, 1);
  assert_cells(table, "1|x y/|");
  g_assert_cmpuint(ms_table_line(table, 0), ==, 5);
  g_assert_cmpuint(ms_table_line(table, 1), ==, 7);
}

static void
test_find_column(void)
{
  g_autoptr(MsTable) table = parse("Image,actual,ACTUAL, predicted:A ,,\n1,2,3,4,5,6\n");

  g_assert_cmpint(ms_table_find_column(table, " image "), ==, 0);
  g_assert_cmpint(ms_table_find_column(table, "actual"), ==, 1);
  g_assert_cmpint(ms_table_find_column(table, "ACTUAL"), ==, 2);
  g_assert_cmpint(ms_table_find_column(table, "Actual"), ==, 1);
  g_assert_cmpint(ms_table_find_column(table, "predicted:a"), ==, 3);
  g_assert_cmpint(ms_table_find_column(table, "none"), ==, -1);
  g_assert_cmpint(ms_table_find_column(table, ""), ==, 4);
  g_assert_cmpstr(ms_table_name(table), ==, "set.csv");
}

static void
test_find_one_of_many_columns(void)
{
  g_autoptr(GString) text = g_string_new("Label_0");
  g_autoptr(MsTable) table = NULL;

  for (int i = 1; i < MS_TABLE_MAX_COLUMNS; i++)
    g_string_append_printf(text, ",Label_%d", i);
  table = parse(text->str);
  for (int i = 0; i < MS_TABLE_MAX_COLUMNS; i++) {
    g_autofree char *exact = g_strdup_printf("Label_%d", i);
    g_autofree char *other = g_strdup_printf("LABEL_%d", i);

    g_assert_cmpint(ms_table_find_column(table, exact), ==, i);
    g_assert_cmpint(ms_table_find_column(table, other), ==, i);
  }
  g_assert_cmpint(ms_table_find_column(table, "Label_10100"), ==, -1);
}

static void
test_without_header(void)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static("0 road 1\n1 wall 2\n", 18);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsTable) table = ms_table_parse_full(bytes, "c.txt", ' ', FALSE, &error);

  g_assert_no_error(error);
  g_assert_cmpint(ms_table_find_column(table, "3"), ==, 2);
  assert_cells(table, "0|road|1/1|wall|2");
}

static void
test_header_only(void)
{
  static const char *const texts[] = {"id,a", "id;a\n", "\xef\xbb\xbfid\ta\r\n\r\n"};

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(MsTable) table = parse(texts[i]);

    g_assert_cmpuint(ms_table_n_rows(table), ==, 0);
    g_assert_cmpuint(ms_table_n_columns(table), ==, 2);
    g_assert_cmpint(ms_table_find_column(table, "a"), ==, 1);
  }
}

static void
test_errors_name_the_line(void)
{
  assert_fails("", "set.csv, line 1: the table is empty: no header line");
  assert_fails(" \n\n", "set.csv, line 1: the table is empty: no header line");
  assert_fails("a,b,c,d\n1,2,3,4\n\n\n1,2,3,4\n1,2,3,4\n1,2,3,4,5\n",
               "set.csv, line 7: 5 cells where the header has 4");
  assert_fails("a,b\n\"x\ny\",2\n1\n", "set.csv, line 4: 1 cell where the header has 2");
  assert_fails("a,b\n1,2\n3,\"open\n4,5\n", "set.csv, line 3: a quote is opened and never closed");
  assert_fails("a,b\n1,\"x\"y\n", "set.csv, line 2: text behind a closing quote");
  assert_fails("a,b,a\n1,2,3\n", "set.csv, line 1: the columns 1 and 3 are both named \"a\"");
  assert_fails("a,b\n1,2\n3,\xff\n", "set.csv, line 3: not UTF-8 text; save the file as UTF-8");
  assert_fails_bytes("a,b\n1\0,2\n", 9, "set.csv, line 2: not UTF-8 text; save the file as UTF-8");
}

static void
test_ragged_rows(void)
{
  assert_fails("id;a\n1\n2;x\n", "set.csv, line 2: 1 cell where the header has 2");
  assert_fails("id;a\n1;x;y\n2;x\n", "set.csv, line 2: 3 cells where the header has 2");
  assert_fails("id\ta\r\n1\tx\r\n2", "set.csv, line 3: 1 cell where the header has 2");
  assert_fails("id,a\n1,x\n2,x,", "set.csv, line 3: 3 cells where the header has 2");
  assert_fails("\xef\xbb\xbfid,a\r\n1,x\r\n\r\n2,x,,\r\n",
               "set.csv, line 4: 4 cells where the header has 2");
  assert_fails("id,a\n\"1\r\n\r\n\",x\n2;x\n", "set.csv, line 5: 1 cell where the header has 2");
}

static void
test_bad_headers(void)
{
  assert_fails("\r\n\r\nid;b;b\r\n1;2;3\r\n",
               "set.csv, line 3: the columns 2 and 3 are both named \"b\"");
  assert_fails("id\t\"a\nb\"\t a\t\"a\nb\"\n",
               "set.csv, line 1: the columns 2 and 4 are both named \"a\nb\"");
  assert_fails("\xef\xbb\xbf\n\"id,a\n1,2\n",
               "set.csv, line 2: a quote is opened and never closed");
  assert_fails("id,\"a\nb\"c\n1,2\n", "set.csv, line 2: text behind a closing quote");
}

static void
test_cell_error(void)
{
  g_autoptr(MsTable) table = parse("id,Happy,\n\n\"1\n2\",0,1\n3,2,x\n");
  g_autoptr(GError) error = NULL;

  g_assert_false(ms_table_cell_error(table, 1, 1, &error, "\"%s\" is neither %d nor %d",
                                     ms_table_cell(table, 1, 1), 0, 1));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
  g_assert_cmpstr(error->message, ==, "set.csv, line 5, column Happy: \"2\" is neither 0 nor 1");
  g_clear_error(&error);
  g_assert_false(ms_table_cell_error(table, 0, 2, &error, "no name"));
  g_assert_cmpstr(error->message, ==, "set.csv, line 3, column 3: no name");
  g_assert_false(ms_table_cell_error(table, 0, 0, NULL, "nobody asks"));
}

static void
test_too_many_columns(void)
{
  g_autofree char *commas = g_strnfill(10100, ',');

  assert_fails(commas, "set.csv, line 1: 10101 columns; up to 10100 are read");
  commas[10099] = '\0';
  {
    g_autoptr(MsTable) table = parse(commas);
    g_assert_cmpuint(ms_table_n_columns(table), ==, 10100);
  }
}

static void
test_a_million_rows(void)
{
  enum { n_rows = 1000000 };
  g_autoptr(GString) text = g_string_new("example,actual,predicted:A,predicted:B\n");
  g_autoptr(MsTable) table = NULL;

  for (int row = 0; row < n_rows; row++)
    g_string_append_printf(text, "case_%07d,masks/case_%07d.png,a/%d.png,b/%d.png\n", row, row, row,
                           row);
  table = parse(text->str);
  g_assert_cmpuint(ms_table_n_rows(table), ==, n_rows);
  g_assert_cmpstr(ms_table_cell(table, 0, 0), ==, "case_0000000");
  g_assert_cmpstr(ms_table_cell(table, 123456, 1), ==, "masks/case_0123456.png");
  g_assert_cmpstr(ms_table_cell(table, n_rows - 1, 3), ==, "b/999999.png");
  g_assert_cmpuint(ms_table_line(table, n_rows - 1), ==, n_rows + 1);
}

/* Any bytes end in a table or in an error. */
static void
test_random_bytes(void)
{
  static const char alphabet[] = "a,;\t\"\"\n\r \0\xc3\xa9";
  TestRandom random = {99};

  for (int round = 0; round < 20000; round++) {
    gsize size = test_random_below(&random, 40);
    char *data = g_malloc(size);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(MsTable) table = NULL;
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < size; i++)
      data[i] = alphabet[test_random_below(&random, sizeof alphabet - 1)];
    bytes = g_bytes_new_take(data, size);
    table = ms_table_parse(bytes, "x", &error);
    g_assert_true((table == NULL) == (error != NULL));
    for (guint row = 0; table != NULL && row < ms_table_n_rows(table); row++)
      for (guint column = 0; column < ms_table_n_columns(table); column++)
        g_assert_cmpuint(strlen(ms_table_cell(table, row, column)), <, 40);
  }
}

/* Cells are taken at random from these; the last ones can only stand in quotes. */
static const char *const words[] = {
    "", "0", "1", "song", "a b", " x ", "caf\xc3\xa9", "say \"\"", "\n\n", ",;\t,", "\r\n", "\""};
#define N_BARE_WORDS 7

/* Appends a cell as someone might write it and adds its line ends to *n_lines; returns what is to
 * be read. */
static char *
write_cell(TestRandom *random, GString *text, guint *n_lines)
{
  guint word = test_random_below(random, G_N_ELEMENTS(words));
  gboolean quoted = word >= N_BARE_WORDS || test_random_below(random, 3) == 0;

  g_string_append(text, &"  "[test_random_below(random, 3)]);
  if (!quoted) {
    g_string_append(text, words[word]);
    return g_strstrip(g_strdup(words[word]));
  }
  g_string_append_c(text, '"');
  for (const char *c = words[word]; *c != '\0'; c++) {
    g_string_append_c(text, *c);
    if (*c == '"')
      g_string_append_c(text, *c);
    *n_lines += *c == '\n';
  }
  g_string_append_c(text, '"');
  g_string_append(text, &"  "[test_random_below(random, 3)]);
  return g_strdup(words[word]);
}

static void
check_random_table(TestRandom *random, guint n_columns, guint n_rows)
{
  g_autoptr(GString) text = g_string_new("n0");
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(guint));
  g_autoptr(MsTable) table = NULL;
  guint line = 2;

  for (guint column = 1; column < n_columns; column++)
    g_string_append_printf(text, ",n%u", column);
  g_string_append(text, "\n");
  for (guint row = 0; row < n_rows; row++) {
    for (; test_random_below(random, 4) == 0; line++)
      g_string_append(text, " \r\n");
    g_array_append_val(lines, line);
    g_string_append(text, "\"\""); /* without it a row of one empty cell were a blank line */
    g_ptr_array_add(cells, g_strdup(""));
    for (guint column = 1; column < n_columns; column++) {
      g_string_append_c(text, ',');
      g_ptr_array_add(cells, write_cell(random, text, &line));
    }
    g_string_append(text, test_random_below(random, 2) == 0 ? "\n" : "\r\n");
    line++;
  }
  table = parse(text->str);
  g_assert_cmpuint(ms_table_n_rows(table), ==, n_rows);
  g_assert_cmpuint(ms_table_n_columns(table), ==, n_columns);
  for (guint i = 0; i < cells->len; i++)
    g_assert_cmpstr(ms_table_cell(table, i / n_columns, i % n_columns), ==, cells->pdata[i]);
  for (guint row = 0; row < n_rows; row++)
    g_assert_cmpuint(ms_table_line(table, row), ==, g_array_index(lines, guint, row));
}

static void
test_random_tables(void)
{
  TestRandom random = {31};

  for (int round = 0; round < 3000; round++)
    check_random_table(&random, 1 + test_random_below(&random, 9), test_random_below(&random, 12));
}

static void
assert_lines(const char *text, const char *expected)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) lines = ms_text_lines(bytes, "classes.txt", &error);
  g_autofree char *joined = NULL;

  g_assert_no_error(error);
  joined = g_strjoinv("|", lines);
  g_assert_cmpstr(joined, ==, expected);
}

static void
test_lines(void)
{
  g_autoptr(GBytes) latin = g_bytes_new_static("a\nstra\xdf"
                                               "e\n",
                                               9);
  g_autoptr(GError) error = NULL;

  assert_lines("\xef\xbb\xbfroad\r\nside walk\r\n\r\nsky\r\n\r\n \n", "road|side walk||sky");
  assert_lines("road", "road");
  assert_lines("\n\n", "");
  g_assert_null(ms_text_lines(latin, "classes.txt", &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
  g_assert_true(g_str_has_prefix(error->message, "classes.txt, line 2: not UTF-8"));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/table/separators", test_separators);
  g_test_add_func("/table/separator-choice", test_separator_is_the_most_frequent);
  g_test_add_func("/table/bom-crlf", test_byte_order_mark_and_line_ends);
  g_test_add_func("/table/quotes", test_quotes);
  g_test_add_func("/table/quoted-separators", test_separators_and_line_ends_in_quotes);
  g_test_add_func("/table/blanks", test_blanks_and_blank_lines);
  g_test_add_func("/table/find-column", test_find_column);
  g_test_add_func("/table/find-one-of-many", test_find_one_of_many_columns);
  g_test_add_func("/table/without-header", test_without_header);
  g_test_add_func("/table/header-only", test_header_only);
  g_test_add_func("/table/errors", test_errors_name_the_line);
  g_test_add_func("/table/ragged", test_ragged_rows);
  g_test_add_func("/table/bad-headers", test_bad_headers);
  g_test_add_func("/table/cell-error", test_cell_error);
  g_test_add_func("/table/too-many-columns", test_too_many_columns);
  g_test_add_func("/table/million-rows", test_a_million_rows);
  g_test_add_func("/table/random", test_random_bytes);
  g_test_add_func("/table/random-tables", test_random_tables);
  g_test_add_func("/table/lines", test_lines);
  return g_test_run();
}
