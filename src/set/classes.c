/* SPDX-License-Identifier: MIT
 *
 * Class tables as values: made, copied, searched. What files hold is read in class-files.c and
 * class-json.c, what is known by name stands in class-names.c.
 */
#include "set/classes.h"

#include <string.h>

#include "io/error.h"
#include "io/file.h"
#include "set/class-files.h"
#include "set/class-json.h"
#include "set/ending.h"

#define MAX_FILE_BYTES (16u << 20)

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

/* Sorted, with names of their own; NULL for none. */
static MsClass *
copy_classes(const MsClass *classes, gsize n_classes)
{
  if (n_classes == 0)
    return NULL;
  g_autoptr(GArray) copies = g_array_sized_new(FALSE, FALSE, sizeof(MsClass), (guint)n_classes);
  g_array_append_vals(copies, classes, (guint)n_classes);
  g_array_sort(copies, compare_classes);
  MsClass *copy = (MsClass *)(void *)g_array_steal(copies, NULL);
  for (gsize i = 0; i < n_classes; i++)
    copy[i].name = g_strdup(copy[i].name);
  return copy;
}

static void
free_classes(MsClass *classes, gsize n_classes)
{
  for (gsize i = 0; i < n_classes; i++)
    g_free(classes[i].name);
  g_free(classes);
}

MsClassTable *
ms_class_table_new_full(const MsClass *classes, gsize n_classes, const MsClass *others,
                        gsize n_others, gint64 ignored_id, const char *source)
{
  MsClassTable *table = g_new0(MsClassTable, 1);
  table->classes = copy_classes(classes, n_classes);
  table->n_classes = n_classes;
  table->others = copy_classes(others, n_others);
  table->n_others = n_others;
  table->ids = g_new(guint32, n_classes);
  table->background = -1;
  table->ignored = ignored_id;
  table->source = g_strdup(source);
  for (gsize i = 0; i < n_classes; i++) {
    table->ids[i] = table->classes[i].id;
    if (table->background < 0 && is_background_name(table->classes[i].name))
      table->background = table->classes[i].id;
  }
  return table;
}

MsClassTable *
ms_class_table_new(const MsClass *classes, gsize n_classes, const char *source)
{
  return ms_class_table_new_full(classes, n_classes, NULL, 0, -1, source);
}

MsClassTable *
ms_class_table_from_names(const char *const *names, gsize n_names, const char *source)
{
  g_autofree MsClass *classes = g_new0(MsClass, n_names);
  for (gsize i = 0; i < n_names; i++) {
    classes[i].id = (guint32)i;
    classes[i].name = (char *)names[i];
  }
  return ms_class_table_new(classes, n_names, source);
}

MsClassTable *
ms_class_table_copy(const MsClassTable *table)
{
  MsClassTable *copy = g_memdup2(table, sizeof *table);
  copy->classes = copy_classes(table->classes, table->n_classes);
  copy->others = copy_classes(table->others, table->n_others);
  copy->ids = g_memdup2(table->ids, table->n_classes * sizeof *table->ids);
  copy->source = g_strdup(table->source);
  return copy;
}

void
ms_class_table_free(MsClassTable *table)
{
  if (!table)
    return;
  free_classes(table->classes, table->n_classes);
  free_classes(table->others, table->n_others);
  g_free(table->ids);
  g_free(table->source);
  g_free(table);
}

/* --- files ---------------------------------------------------------------------------------- */

MsClassTable *
ms_class_table_load(const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) bytes = ms_file_read(path, MAX_FILE_BYTES, cancellable, error);
  if (!bytes)
    return NULL;
  g_autofree char *name = ms_path_display(path);
  if (ms_ending_is(path, ".json"))
    return ms_class_table_from_json(bytes, name, error);
  return ms_class_table_from_text(bytes, name, ms_ending_is(path, ".csv"), error);
}

MsClassTable *
ms_class_table_open(const char *file_or_name, GCancellable *cancellable, GError **error)
{
  gboolean is_file = g_file_test(file_or_name, G_FILE_TEST_EXISTS);
  MsClassTable *table = is_file ? NULL : ms_class_table_by_name(file_or_name);
  if (table || is_file || strchr(file_or_name, G_DIR_SEPARATOR) || strchr(file_or_name, '.'))
    return table ? table : ms_class_table_load(file_or_name, cancellable, error);
  g_autofree char *shown = ms_path_display(file_or_name);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_OPEN,
              "%s: there is no such file, and no class table of that name; known by name are %s",
              shown, ms_class_table_known_names());
  return NULL;
}

/* --- what is in a table --------------------------------------------------------------------- */

/* The first of that id. */
static const MsClass *
find_in(const MsClass *classes, gsize n_classes, guint32 id)
{
  gsize low = 0, high = n_classes;
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    if (classes[middle].id < id)
      low = middle + 1;
    else
      high = middle;
  }
  return low < n_classes && classes[low].id == id ? &classes[low] : NULL;
}

const MsClass *
ms_class_table_find(const MsClassTable *table, guint32 id)
{
  return find_in(table->classes, table->n_classes, id);
}

const MsClass *
ms_class_table_find_any(const MsClassTable *table, guint32 id)
{
  const MsClass *class = ms_class_table_find(table, id);
  return class ? class : find_in(table->others, table->n_others, id);
}

typedef int (*CompareNames)(const char *a, const char *b);

static const MsClass *
find_named(const MsClassTable *table, const char *name, CompareNames compare, guint *n_found)
{
  const MsClass *found = NULL;
  *n_found = 0;
  for (gsize i = 0; i < table->n_classes + table->n_others; i++) {
    const MsClass *class =
        i < table->n_classes ? &table->classes[i] : &table->others[i - table->n_classes];
    if (compare(class->name, name) != 0)
      continue;
    if (!found)
      found = class;
    (*n_found)++;
  }
  return found;
}

const MsClass *
ms_class_table_find_name(const MsClassTable *table, const char *name)
{
  guint n;
  const MsClass *class = find_named(table, name, strcmp, &n);
  if (class)
    return class;
  class = find_named(table, name, g_ascii_strcasecmp, &n);
  return n == 1 ? class : NULL;
}

gboolean
ms_class_table_has_colors(const MsClassTable *table)
{
  for (gsize i = 0; i < table->n_classes; i++)
    if (table->classes[i].has_color)
      return TRUE;
  return FALSE;
}
