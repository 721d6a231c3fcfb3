/* SPDX-License-Identifier: MIT */
#include "set/set-changes.h"

#include <string.h>
#include <sys/stat.h>

#include "set/set-private.h"
#include "set/signature.h"
#include "set/stamp.h"
#include "set/text.h"
#include "set/watcher.h"

/* --- folders ---------------------------------------------------------------------------------- */

/* Watching more would be refused anyway. */
#define MAX_FOLDERS (MS_WATCHER_MAX + 1)

static void
add_folder(GHashTable *folders, const char *path)
{
  gsize length = strlen(path);

  while (length > 1 && path[length - 1] == '/')
    length--;
  if (g_hash_table_size(folders) < MAX_FOLDERS)
    g_hash_table_add(folders, length > 0 ? g_strndup(path, length) : g_strdup("."));
}

/* A file's folder, where it is one. */
static void
add_folder_of(GHashTable *folders, const char *path)
{
  if (path && g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
    g_autofree char *folder = g_path_get_dirname(path);

    add_folder(folders, folder);
  }
}

static void
for_each_source(const MsOptions *options, void (*call)(gpointer user, const char *path),
                gpointer user)
{
  const char *const paths[] = {options->set,      options->images, options->actual,
                               options->manifest, options->splits, options->classes};

  for (guint i = 0; i < G_N_ELEMENTS(paths); i++)
    if (paths[i])
      call(user, paths[i]);
  for (guint i = 0; i < options->predicted->len; i++)
    call(user, ((MsModelOption *)g_ptr_array_index(options->predicted, i))->path);
}

static void
add_source_folder(gpointer user, const char *path)
{
  add_folder_of(user, path);
}

GStrv
ms_set_list_folders(MsSet *set)
{
  g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) of_files = ms_example_table_list_folders(set->examples);
  GPtrArray *list = g_ptr_array_new();
  GHashTableIter all;
  gpointer path;

  if (set->path && g_file_test(set->path, G_FILE_TEST_IS_DIR))
    add_folder(folders, set->path);
  for_each_source(set->options, add_source_folder, folders);
  for (guint i = 0; i < of_files->len; i++)
    add_folder(folders, g_ptr_array_index(of_files, i));
  g_hash_table_iter_init(&all, folders);
  while (g_hash_table_iter_next(&all, &path, NULL)) {
    g_hash_table_iter_steal(&all);
    g_ptr_array_add(list, path);
  }
  g_ptr_array_add(list, NULL);
  return (GStrv)g_ptr_array_free(list, FALSE);
}

/* --- files ------------------------------------------------------------------------------------ */

typedef struct {
  MsSet *set;
  GArray *found;
  GHashTable *unknown; /* names that no example has yet */
  gboolean others;
} Search;

/* One part of a file does not tell how many there are now. */
static void
take_file(gpointer user, guint index, guint role, int part, const char *name)
{
  Search *search = user;
  const MsChangedFile file = {index, role};
  guint model = role >= MS_FILE_PREDICTED ? role - MS_FILE_PREDICTED : MS_SET_ACTUAL;

  if (part != MS_PART_WHOLE ||
      (role != MS_FILE_IMAGE && ms_set_get_annotations(search->set, model)))
    search->others = TRUE;
  else
    g_array_append_val(search->found, file);
  g_hash_table_remove(search->unknown, name);
}

/* What the program reads anything from: logs and check points of a training are left alone. */
static gboolean
may_belong(const char *name)
{
  static const char *const endings[] = {".csv", ".tsv", ".json", ".txt", ".maskset"};

  for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
    if (g_str_has_suffix(name, endings[i]))
      return TRUE;
  return ms_text_is_picture(name);
}

typedef struct {
  const char *name;
  gboolean found;
} SourceName;

static void
compare_source(gpointer user, const char *path)
{
  SourceName *wanted = user;
  g_autofree char *name = g_path_get_basename(path);

  wanted->found |= g_str_equal(name, wanted->name);
}

/* Whatever its name ends in. */
static gboolean
is_source(const MsOptions *options, const char *name)
{
  SourceName wanted = {name, FALSE};

  for_each_source(options, compare_source, &wanted);
  return wanted.found;
}

static void
find_in_folder(Search *search, const char *folder, GHashTable *names)
{
  GHashTableIter all;
  gpointer name;

  search->unknown = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_iter_init(&all, names);
  while (g_hash_table_iter_next(&all, &name, NULL))
    if (may_belong(name) || is_source(search->set->options, name))
      g_hash_table_add(search->unknown, name);
  ms_example_table_find_files(search->set->examples, folder, names, take_file, search);
  search->others |= g_hash_table_size(search->unknown) > 0;
  g_hash_table_unref(search->unknown);
}

/* folder (with '/') -> names */
static GHashTable *
group_by_folder(const GPtrArray *paths)
{
  GHashTable *folders =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);

  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index(paths, i);
    const char *plain = g_str_has_prefix(path, "./") ? path + 2 : path;
    const char *slash = strrchr(plain, '/');
    g_autofree char *folder = g_strndup(plain, slash ? (gsize)(slash - plain) + 1 : 0);
    GHashTable *names = g_hash_table_lookup(folders, folder);

    if (!names) {
      names = g_hash_table_new(g_str_hash, g_str_equal);
      g_hash_table_insert(folders, g_steal_pointer(&folder), names);
    }
    g_hash_table_add(names, (char *)(slash ? slash + 1 : plain));
  }
  return folders;
}

gboolean
ms_set_find_files(MsSet *set, const GPtrArray *paths, GArray *found)
{
  g_autoptr(GHashTable) folders = group_by_folder(paths);
  Search search = {.set = set, .found = found};
  GHashTableIter all;
  gpointer folder, names;

  g_hash_table_iter_init(&all, folders);
  while (g_hash_table_iter_next(&all, &folder, &names))
    find_in_folder(&search, folder, names);
  return search.others;
}

/* --- likeness --------------------------------------------------------------------------------- */

static gboolean
is_like_class(const MsClass *a, const MsClass *b)
{
  return a->id == b->id && g_strcmp0(a->name, b->name) == 0 && a->has_color == b->has_color &&
         (!a->has_color || (a->red == b->red && a->green == b->green && a->blue == b->blue));
}

static gboolean
has_like_classes(const MsClassTable *a, const MsClassTable *b)
{
  if (!a || !b)
    return a == b;
  if (a->n_classes != b->n_classes || a->n_others != b->n_others)
    return FALSE;
  for (gsize i = 0; i < a->n_classes; i++)
    if (!is_like_class(&a->classes[i], &b->classes[i]))
      return FALSE;
  for (gsize i = 0; i < a->n_others; i++)
    if (!is_like_class(&a->others[i], &b->others[i]))
      return FALSE;
  return TRUE;
}

/* Records are told by where they lie in their file, which is another one then. */
static gboolean
has_current_annotations(MsSet *set, guint model)
{
  const MsAnnotations *annotations = ms_set_get_annotations(set, model);

  return !annotations || ms_annotations_is_current(annotations);
}

static gboolean
has_like_sources(MsSet *a, MsSet *b)
{
  if (!has_like_classes(a->table, b->table) || !ms_label_data_equal(a->labels, b->labels))
    return FALSE;
  for (guint i = 0; i < ms_set_get_n_models(a); i++)
    if (!has_current_annotations(a, i))
      return FALSE;
  return has_current_annotations(a, MS_SET_ACTUAL);
}

static gboolean
has_like_models(MsSet *a, MsSet *b)
{
  guint n_models = ms_set_get_n_models(a);

  if (n_models != ms_set_get_n_models(b))
    return FALSE;
  for (guint i = 0; i < n_models; i++) {
    MsHash of_a = ms_signature_of_findings(a, i, ms_set_get_rules(a, i));
    MsHash of_b = ms_signature_of_findings(b, i, ms_set_get_rules(b, i));

    if (g_strcmp0(ms_set_get_model_name(a, i), ms_set_get_model_name(b, i)) != 0 ||
        !ms_hash_equal(&of_a, &of_b))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_like_file(MsSet *a, MsSet *b, guint example, guint role)
{
  int part_a, part_b;
  g_autofree char *of_a = ms_example_table_file(a->examples, example, role, &part_a);
  g_autofree char *of_b = ms_example_table_file(b->examples, example, role, &part_b);

  return part_a == part_b && g_strcmp0(of_a, of_b) == 0;
}

static gboolean
has_like_example(MsSet *a, MsSet *b, guint example)
{
  guint n_models = ms_set_get_n_models(a);

  if (g_strcmp0(ms_set_get_id(a, example), ms_set_get_id(b, example)) != 0 ||
      g_strcmp0(ms_set_get_split(a, example), ms_set_get_split(b, example)) != 0 ||
      g_strcmp0(ms_set_get_group(a, example), ms_set_get_group(b, example)) != 0)
    return FALSE;
  for (guint role = 0; role < n_models + MS_FILE_PREDICTED; role++)
    if (!has_like_file(a, b, example, role))
      return FALSE;
  for (guint model = 0; model < n_models; model++)
    if (g_strcmp0(ms_set_get_problem(a, example, model), ms_set_get_problem(b, example, model)) !=
        0)
      return FALSE;
  return TRUE;
}

gboolean
ms_set_is_like(MsSet *a, MsSet *b)
{
  guint n_examples = ms_set_get_n_examples(a);

  if (n_examples != ms_set_get_n_examples(b) || !has_like_models(a, b) || !has_like_sources(a, b))
    return FALSE;
  for (guint i = 0; i < n_examples; i++)
    if (!has_like_example(a, b, i))
      return FALSE;
  return TRUE;
}

void
ms_set_find_changed(MsSet *set, guint model, MsResults *results, GArray *changed,
                    GCancellable *cancellable)
{
  guint n_examples = ms_set_get_labels(set) ? 0 : ms_set_get_n_examples(set);

  for (guint i = 0; i < n_examples && !g_cancellable_is_cancelled(cancellable); i++) {
    const MsRecord *record = ms_results_get(results, i);
    MsSight sight;

    if (record->status == MS_RESULT_WAITING || ms_set_get_problem(set, i, model))
      continue;
    ms_stamp_see(set, i, model, &sight);
    if (sight.state != record->state)
      g_array_append_val(changed, i);
  }
}
