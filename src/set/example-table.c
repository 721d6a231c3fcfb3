/* SPDX-License-Identifier: MIT
 *
 * Numbers in columns are 0 where there is nothing, else an index plus 1. A column comes into being
 * with the first number that is not 0.
 */
#include "set/example-table.h"

#include <string.h>

#include "set/shared-texts.h"

/* One role's files. */
typedef struct {
  guint32 *folders;   /* in the table's folders */
  const char **names; /* what follows the folder, which ends with '/' */
  gint32 *parts;      /* NULL: all are whole */
  guint32 last;       /* folder that was set: the next is mostly the same */
} Files;

struct MsExampleTable {
  guint n_examples; /* that it is made for */
  guint n_added;
  guint n_models;
  const char **ids;
  guint32 *splits;
  guint32 *groups;
  guint32 *rows;
  guint32 *without_actual; /* bits */
  guint32 **problems;      /* one a model, then one for every model */
  Files *files;            /* by MsFileRole */
  MsSharedTexts *texts;    /* splits, groups and reasons */
  MsSharedTexts *folders;
  GStringChunk *strings; /* ids and names */
  gsize n_string_bytes;
};

#define WORD_BITS 32u

MsExampleTable *
ms_example_table_new(guint n_examples, guint n_models)
{
  MsExampleTable *table = g_new0(MsExampleTable, 1);

  table->n_examples = n_examples;
  table->n_models = n_models;
  table->ids = g_new(const char *, n_examples);
  table->files = g_new0(Files, n_models + MS_FILE_PREDICTED);
  table->problems = g_new0(guint32 *, n_models + 1);
  table->texts = ms_shared_texts_new();
  table->folders = ms_shared_texts_new();
  table->strings = g_string_chunk_new(1 << 16);
  return table;
}

void
ms_example_table_free(MsExampleTable *table)
{
  if (!table)
    return;
  for (guint i = 0; i < table->n_models + MS_FILE_PREDICTED; i++) {
    g_free(table->files[i].folders);
    g_free(table->files[i].names);
    g_free(table->files[i].parts);
  }
  for (guint i = 0; i <= table->n_models; i++)
    g_free(table->problems[i]);
  g_free(table->files);
  g_free(table->problems);
  g_free(table->ids);
  g_free(table->splits);
  g_free(table->groups);
  g_free(table->rows);
  g_free(table->without_actual);
  ms_shared_texts_free(table->texts);
  ms_shared_texts_free(table->folders);
  g_string_chunk_free(table->strings);
  g_free(table);
}

/* --- filling ---------------------------------------------------------------------------------- */

static const char *
keep(MsExampleTable *table, const char *text)
{
  table->n_string_bytes += strlen(text) + 1;
  return g_string_chunk_insert(table->strings, text);
}

static void
set_number(const MsExampleTable *table, guint32 **column, guint index, guint32 number)
{
  if (number == 0)
    return;
  if (!*column)
    *column = g_new0(guint32, table->n_examples);
  (*column)[index] = number;
}

static guint32
text_number(MsExampleTable *table, const char *text)
{
  return text ? ms_shared_texts_add(table->texts, text, strlen(text)) + 1 : 0;
}

guint
ms_example_table_add(MsExampleTable *table, const MsExampleFacts *facts)
{
  guint index = table->n_added++;

  g_assert(index < table->n_examples);
  table->ids[index] = keep(table, facts->id);
  set_number(table, &table->splits, index, text_number(table, facts->split));
  set_number(table, &table->groups, index, text_number(table, facts->group));
  set_number(table, &table->rows, index, facts->row);
  if (!facts->has_actual && !table->without_actual)
    table->without_actual = g_new0(guint32, table->n_examples / WORD_BITS + 1);
  if (!facts->has_actual)
    table->without_actual[index / WORD_BITS] |= 1u << index % WORD_BITS;
  return index;
}

/* Files of one example are mostly called alike. */
static const char *
keep_name(MsExampleTable *table, guint index, guint role, const char *name)
{
  for (guint i = 0; i < role; i++) {
    const char **names = table->files[i].names;

    if (names && names[index] && strcmp(names[index], name) == 0)
      return names[index];
  }
  return keep(table, name);
}

static void
set_part(const MsExampleTable *table, Files *files, guint index, int part)
{
  if (!files->parts && part == MS_PART_WHOLE)
    return;
  if (!files->parts) {
    files->parts = g_new(gint32, table->n_examples);
    for (guint i = 0; i < table->n_examples; i++)
      files->parts[i] = MS_PART_WHOLE;
  }
  files->parts[index] = part;
}

void
ms_example_table_set_file(MsExampleTable *table, guint index, guint role, MsPlace place)
{
  Files *files = &table->files[role];
  const char *slash;
  gsize length;

  if (!place.path)
    return;
  if (!files->names)
    files->names = g_new0(const char *, table->n_examples);
  slash = strrchr(place.path, '/');
  length = slash ? (gsize)(slash - place.path) + 1 : 0;
  if (!ms_shared_texts_is(table->folders, files->last, place.path, length))
    files->last = ms_shared_texts_add(table->folders, place.path, length);
  set_number(table, &files->folders, index, files->last + 1);
  files->names[index] = keep_name(table, index, role, place.path + length);
  set_part(table, files, index, place.part);
}

void
ms_example_table_set_problem(MsExampleTable *table, guint index, guint model, const char *reason)
{
  set_number(table, &table->problems[MIN(model, table->n_models)], index,
             text_number(table, reason));
}

void
ms_example_table_finish(MsExampleTable *table)
{
  ms_shared_texts_finish(table->texts);
  ms_shared_texts_finish(table->folders);
}

/* --- reading ---------------------------------------------------------------------------------- */

guint
ms_example_table_n_examples(const MsExampleTable *table)
{
  return table->n_added;
}

const char *
ms_example_table_id(const MsExampleTable *table, guint index)
{
  return table->ids[index];
}

static const char *
text_at(const MsExampleTable *table, const guint32 *column, guint index)
{
  return column && column[index] ? ms_shared_texts_get(table->texts, column[index] - 1) : NULL;
}

MsExampleFacts
ms_example_table_facts(const MsExampleTable *table, guint index)
{
  const guint32 *without = table->without_actual;

  return (MsExampleFacts){
      .id = table->ids[index],
      .split = text_at(table, table->splits, index),
      .group = text_at(table, table->groups, index),
      .row = table->rows ? table->rows[index] : 0,
      .has_actual = !without || !(without[index / WORD_BITS] >> index % WORD_BITS & 1),
  };
}

const char *
ms_example_table_problem(const MsExampleTable *table, guint index, guint model)
{
  const char *reason = text_at(table, table->problems[table->n_models], index);

  return reason || model >= table->n_models ? reason
                                            : text_at(table, table->problems[model], index);
}

gboolean
ms_example_table_has_file(const MsExampleTable *table, guint index, guint role)
{
  const char **names = table->files[role].names;

  return names && names[index];
}

char *
ms_example_table_file(const MsExampleTable *table, guint index, guint role, int *part)
{
  const Files *files = &table->files[role];

  *part = files->parts ? files->parts[index] : MS_PART_WHOLE;
  if (!ms_example_table_has_file(table, index, role))
    return NULL;
  return g_strconcat(ms_shared_texts_get(table->folders, files->folders[index] - 1),
                     files->names[index], NULL);
}

/* --- from files to examples ------------------------------------------------------------------- */

GPtrArray *
ms_example_table_list_folders(const MsExampleTable *table)
{
  GPtrArray *folders = g_ptr_array_new();

  for (guint32 i = 0; i < ms_shared_texts_count(table->folders); i++)
    g_ptr_array_add(folders, (char *)ms_shared_texts_get(table->folders, i));
  return folders;
}

static void
find_files_of(const MsExampleTable *table, guint role, guint32 folder, GHashTable *names,
              MsExampleFileFound found, gpointer user)
{
  const Files *files = &table->files[role];

  for (guint i = 0; files->names && files->folders && i < table->n_added; i++)
    if (files->folders[i] == folder && files->names[i] &&
        g_hash_table_contains(names, files->names[i]))
      found(user, i, role, files->parts ? files->parts[i] : MS_PART_WHOLE, files->names[i]);
}

void
ms_example_table_find_files(const MsExampleTable *table, const char *folder, GHashTable *names,
                            MsExampleFileFound found, gpointer user)
{
  guint32 number = 0;
  guint32 n_folders = ms_shared_texts_count(table->folders);

  while (number < n_folders && strcmp(ms_shared_texts_get(table->folders, number), folder) != 0)
    number++;
  if (number == n_folders)
    return;
  for (guint role = 0; role < table->n_models + MS_FILE_PREDICTED; role++)
    find_files_of(table, role, number + 1, names, found, user);
}

/* --- memory ----------------------------------------------------------------------------------- */

static gsize
column_bytes(const MsExampleTable *table, const void *column, gsize size)
{
  return column ? table->n_examples * size : 0;
}

gsize
ms_example_table_bytes(const MsExampleTable *table)
{
  gsize n_bytes = sizeof *table + table->n_string_bytes + ms_shared_texts_bytes(table->texts) +
                  ms_shared_texts_bytes(table->folders) + table->n_examples * sizeof *table->ids;

  n_bytes += column_bytes(table, table->splits, sizeof(guint32)) +
             column_bytes(table, table->groups, sizeof(guint32)) +
             column_bytes(table, table->rows, sizeof(guint32));
  if (table->without_actual)
    n_bytes += (table->n_examples / WORD_BITS + 1) * sizeof(guint32);
  for (guint i = 0; i <= table->n_models; i++)
    n_bytes += column_bytes(table, table->problems[i], sizeof(guint32));
  for (guint i = 0; i < table->n_models + MS_FILE_PREDICTED; i++)
    n_bytes += column_bytes(table, table->files[i].folders, sizeof(guint32)) +
               column_bytes(table, table->files[i].names, sizeof(char *)) +
               column_bytes(table, table->files[i].parts, sizeof(gint32));
  return n_bytes;
}
