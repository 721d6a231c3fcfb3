/* SPDX-License-Identifier: MIT
 *
 * The parts of a set that an inventory can be cut to: splits, told by folders or by a table, and
 * models.
 */
#include <string.h>

#include "io/error.h"
#include "set/columns.h"
#include "set/inventory.h"
#include "set/table-file.h"
#include "set/text.h"

#define MAX_NAMED 10

static const struct {
  const char *name;
  const char *normal;
} split_names[] = {
    {"train", "train"},  {"training", "train"}, {"trainset", "train"}, {"trn", "train"},
    {"val", "val"},      {"valid", "val"},      {"validation", "val"}, {"valset", "val"},
    {"dev", "val"},      {"eval", "val"},       {"evaluation", "val"}, {"test", "test"},
    {"testing", "test"}, {"testset", "test"},   {"tst", "test"},
};

/* "train2017": a year is no part of the split. */
static gsize
length_without_year(const char *name, gsize length)
{
  if (length < 4)
    return length;
  const char *year = name + length - 4;
  gboolean fits = (year[0] == '1' && year[1] == '9') || (year[0] == '2' && year[1] == '0');
  return fits && g_ascii_isdigit(year[2]) && g_ascii_isdigit(year[3]) ? length - 4 : length;
}

static const char *
find_split(const char *name, gsize length)
{
  if (length == 0 || !strchr("tTvVdDeE", name[0]))
    return NULL; /* asked of names by the million */
  length = length_without_year(name, length);
  for (gsize i = 0; i < G_N_ELEMENTS(split_names); i++)
    if (strlen(split_names[i].name) == length &&
        g_ascii_strncasecmp(name, split_names[i].name, length) == 0)
      return split_names[i].normal;
  return NULL;
}

const char *
ms_split_normalize(const char *name)
{
  return find_split(name, strlen(name));
}

const char *
ms_split_of_path(const char *path, gsize *length)
{
  const char *slash = strchr(path, '/');
  if (!slash)
    return NULL;
  *length = (gsize)(slash - path);
  return find_split(path, *length);
}

/* The example, its split and its group; -1: none. */
static gboolean
find_split_columns(const MsTable *table, int columns[3], GError **error)
{
  static const MsColumnKind ids[] = {MS_COLUMN_EXAMPLE, MS_COLUMN_IMAGE, MS_COLUMN_FILE};
  columns[0] = -1;
  for (gsize i = 0; i < G_N_ELEMENTS(ids) && columns[0] < 0; i++)
    if (!ms_column_find(table, ids[i], &columns[0], error))
      return FALSE;
  if (!ms_column_find(table, MS_COLUMN_SPLIT, &columns[1], error) ||
      !ms_column_find(table, MS_COLUMN_GROUP, &columns[2], error))
    return FALSE;
  if (columns[0] < 0 || columns[1] < 0)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                "%s: a table of splits has the columns example and split", ms_table_name(table));
  return columns[0] >= 0 && columns[1] >= 0;
}

static void
set_split(MsInventory *inventory, MsEntry *entry, const char *split, const char *group)
{
  if (*split)
    entry->split = g_string_chunk_insert_const(inventory->strings, split);
  if (*group)
    entry->group = g_string_chunk_insert_const(inventory->strings, group);
}

/* Rows may carry the file's ending along, as lists of files do. */
static MsEntry *
find_entry(GHashTable *by_id, const char *cell)
{
  MsEntry *entry = g_hash_table_lookup(by_id, cell);
  if (entry)
    return entry;
  g_autofree char *stem = g_strndup(cell, ms_text_stem_length(cell));
  return g_hash_table_lookup(by_id, stem);
}

static gboolean
apply_splits(MsInventory *inventory, const MsTable *table, const int columns[3], GError **error)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < inventory->entries->len; i++) {
    MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    g_hash_table_insert(by_id, (char *)entry->id, entry);
  }
  g_autoptr(GHashTable) lines = g_hash_table_new(NULL, NULL);
  guint n_strangers = 0;
  for (guint row = 0; row < ms_table_n_rows(table); row++) {
    const char *id = ms_table_cell(table, row, (guint)columns[0]);
    MsEntry *entry = find_entry(by_id, id);
    if (!entry) {
      if (n_strangers++ < MAX_NAMED)
        ms_notices_add(inventory->notices, NULL, "%s, line %u: there is no example %s",
                       ms_table_name(table), ms_table_line(table, row), id);
      continue;
    }
    guint before = GPOINTER_TO_UINT(g_hash_table_lookup(lines, entry));
    if (before) {
      g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE,
                  "%s: example %s stands on line %u and on line %u", ms_table_name(table), id,
                  before, ms_table_line(table, row));
      return FALSE;
    }
    g_hash_table_insert(lines, entry, GUINT_TO_POINTER(ms_table_line(table, row)));
    set_split(inventory, entry, columns[1] < 0 ? "" : ms_table_cell(table, row, (guint)columns[1]),
              columns[2] < 0 ? "" : ms_table_cell(table, row, (guint)columns[2]));
  }
  if (n_strangers > MAX_NAMED)
    ms_notices_add(inventory->notices, NULL, "%s: %u more rows of examples that there are not",
                   ms_table_name(table), n_strangers - MAX_NAMED);
  return TRUE;
}

gboolean
ms_inventory_read_splits(MsInventory *inventory, const char *path, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr(MsTable) table = ms_table_file_read(path, cancellable, error);
  int columns[3];
  return table && find_split_columns(table, columns, error) &&
         apply_splits(inventory, table, columns, error);
}

/* Numbers inside names count as numbers: "fold 2" comes before "fold 10". */
static int
compare_splits(gconstpointer a, gconstpointer b)
{
  static const char digits[] = "0123456789";
  const char *one = *(const char *const *)a, *other = *(const char *const *)b;
  while (*one && *other) {
    gsize n_one = strspn(one, digits), n_other = strspn(other, digits);
    if (n_one == 0 || n_other == 0) {
      if (*one != *other)
        break;
      one++;
      other++;
      continue;
    }
    gsize zeros_one = strspn(one, "0"), zeros_other = strspn(other, "0");
    gsize length_one = n_one - zeros_one, length_other = n_other - zeros_other;
    int order = length_one != length_other
                    ? (length_one > length_other) - (length_one < length_other)
                    : strncmp(one + zeros_one, other + zeros_other, length_one);
    if (order != 0)
      return order;
    one += n_one;
    other += n_other;
  }
  if (*one != *other)
    return (guchar)*one < (guchar)*other ? -1 : 1;
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
ms_inventory_splits(const MsInventory *inventory)
{
  static const char *const first[] = {"train", "val", "test"};
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) found = g_ptr_array_new();
  const char *last = NULL;
  for (guint i = 0; i < inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    if (!entry->split || entry->split == last)
      continue;
    last = entry->split;
    if (g_hash_table_add(seen, (char *)last))
      g_ptr_array_add(found, (char *)last);
  }
  g_ptr_array_sort(found, compare_splits);
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i <= G_N_ELEMENTS(first); i++)
    for (guint j = 0; j < found->len; j++) {
      const char *name = g_ptr_array_index(found, j);
      const char *usual = i < G_N_ELEMENTS(first) ? first[i] : NULL;
      if (g_strcmp0(ms_split_normalize(name), usual) == 0)
        g_ptr_array_add(names, g_strdup(name));
    }
  return names;
}

/* --- choosing ------------------------------------------------------------------------------- */

static char *
join_names(const GPtrArray *names)
{
  if (names->len == 0)
    return g_strdup("it has none");
  g_autoptr(GString) list = g_string_new("it has ");
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf(list, "%s%s", i ? ", " : "", (const char *)g_ptr_array_index(names, i));
  return g_strdup(list->str);
}

/* The split of that name; else the only one that is another spelling of it. NULL: none, or several.
 */
static const char *
find_chosen(const GPtrArray *names, const char *split)
{
  const char *normal = ms_split_normalize(split);
  const char *other = NULL;
  guint n_others = 0;
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index(names, i);
    if (g_str_equal(name, split))
      return name;
    if (normal && g_strcmp0(ms_split_normalize(name), normal) == 0) {
      other = name;
      n_others++;
    }
  }
  return n_others == 1 ? other : NULL;
}

static gboolean
choose_split(MsInventory *inventory, const char *split, GError **error)
{
  g_autoptr(GPtrArray) names = ms_inventory_splits(inventory);
  const char *wanted = find_chosen(names, split);
  if (!wanted) {
    g_autofree char *list = join_names(names);
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_CHOICE, "The set has no split \"%s\": %s", split,
                list);
    return FALSE;
  }
  guint kept = 0;
  for (guint i = 0; i < inventory->entries->len; i++) {
    MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    if (g_strcmp0(entry->split, wanted) == 0)
      inventory->entries->pdata[kept++] = entry;
    else
      ms_entry_free(entry);
  }
  g_ptr_array_set_size(inventory->entries, (int)kept);
  return TRUE;
}

/* Whether more than one file claims to be the actual mask. */
static gboolean
is_contested(const MsEntry *entry)
{
  for (guint i = 0; entry->problems && i < entry->problems->len; i++) {
    const MsProblem *problem = &g_array_index(entry->problems, MsProblem, i);
    if (problem->model == G_MAXUINT && problem->kind == MS_PROBLEM_AMBIGUOUS)
      return TRUE;
  }
  return FALSE;
}

/* What is left of an entry when only one model's files stay; FALSE: nothing. */
static gboolean
keep_model(const MsInventory *inventory, MsEntry *entry, guint model)
{
  gboolean kept_labels =
      inventory->labels && (ms_inventory_has(inventory, entry, MS_LABEL_ACTUAL) ||
                            ms_inventory_has(inventory, entry, model));
  const char *kept = entry->predicted[model];
  entry->predicted[0] = kept;
  entry->predicted_parts[0] = entry->predicted_parts[model];
  for (guint i = entry->problems ? entry->problems->len : 0; i-- > 0;) {
    MsProblem *problem = &g_array_index(entry->problems, MsProblem, i);
    if (problem->model == model)
      problem->model = 0;
    else if (problem->model != G_MAXUINT)
      g_array_remove_index(entry->problems, i);
  }
  return entry->image || entry->actual || kept || kept_labels || is_contested(entry);
}

static gboolean
choose_model(MsInventory *inventory, const char *wanted, GError **error)
{
  guint n_models = inventory->models->len, model = 0;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint i = 0; i < n_models; i++) {
    const MsFoundModel *found = g_ptr_array_index(inventory->models, i);
    g_ptr_array_add(names, found->name);
  }
  if (!g_ptr_array_find_with_equal_func(names, wanted, g_str_equal, &model)) {
    g_autofree char *list = join_names(names);
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_CHOICE, "The set has no model \"%s\": %s", wanted,
                list);
    return FALSE;
  }
  guint kept = 0;
  for (guint i = 0; i < inventory->entries->len; i++) {
    MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    if (keep_model(inventory, entry, model))
      inventory->entries->pdata[kept++] = entry;
    else
      ms_entry_free(entry);
  }
  g_ptr_array_set_size(inventory->entries, (int)kept);
  g_ptr_array_remove_range(inventory->models, model + 1, n_models - model - 1);
  if (model)
    g_ptr_array_remove_range(inventory->models, 0, model);
  if (inventory->labels)
    ms_label_data_choose_model(inventory->labels, model);
  return TRUE;
}

gboolean
ms_inventory_choose(MsInventory *inventory, const char *split, const char *model, GError **error)
{
  if (model && !choose_model(inventory, model, error))
    return FALSE;
  return !split || choose_split(inventory, split, error);
}
