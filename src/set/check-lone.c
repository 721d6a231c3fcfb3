/* SPDX-License-Identifier: MIT
 *
 * An id that a pattern tells is compared as it stands, with the name of an actual mask below its
 * folder or with the example's id: what pairing would make of it. Candidates come from a few names
 * spread over all, at every place where an id stands in them, because an id that is but a number
 * stands in many names by chance; the one that most names fit is tried with all.
 */
#include "set/check-lone.h"

#include <string.h>

#include "set/pattern.h"
#include "set/set-private.h"
#include "set/text.h"

/* Fewer lone masks on either side tell nothing, nor does a rule that few of them follow. */
#define MIN_LONE   3
#define MIN_SHARE  0.9
#define MAX_LENGTH 128 /* of a name that is looked into */
#define N_SAMPLED  8   /* names that candidates come from */
#define N_COMPARED 512 /* names that choose between them */

/* --- names ---------------------------------------------------------------------------------- */

MsInventory *
ms_check_list_set(MsSet *set)
{
  MsInventory *inventory = ms_inventory_new();
  guint n_examples = ms_set_get_n_examples(set), n_models = ms_set_get_n_models(set);

  for (guint model = 0; model < n_models; model++)
    ms_inventory_add_model(inventory, ms_set_get_model_name(set, model),
                           ms_set_get_model_folder(set, model));
  for (guint i = 0; i < n_examples; i++) {
    MsEntry *entry = ms_entry_new(ms_set_get_id(set, i), n_models);

    entry->group = ms_set_get_group(set, i);
    for (guint role = 0; role < MS_FILE_PREDICTED + n_models; role++) {
      int part = MS_PART_WHOLE;
      g_autofree char *path = ms_set_dup_file(set, i, role, &part);

      if (role < MS_FILE_PREDICTED) {
        *(role == MS_FILE_IMAGE ? &entry->image : &entry->actual) =
            ms_inventory_keep(inventory, path);
        *(role == MS_FILE_IMAGE ? &entry->image_part : &entry->actual_part) = part;
        continue;
      }
      entry->predicted[role - MS_FILE_PREDICTED] = ms_inventory_keep(inventory, path);
      entry->predicted_parts[role - MS_FILE_PREDICTED] = part;
    }
    g_ptr_array_add(inventory->entries, entry);
  }
  return inventory;
}

const char *
ms_check_path_below(const char *path, const char *folder)
{
  gsize length = folder ? strlen(folder) : 0;

  if (!folder)
    return path;
  while (length > 1 && folder[length - 1] == '/')
    length--;
  if (g_str_equal(folder, "."))
    return g_str_has_prefix(path, "./") ? path + 2 : *path == '/' ? NULL : path;
  if (strncmp(path, folder, length) != 0)
    return NULL;
  if (length == 1 && *folder == '/')
    return path + 1;
  return path[length] == '/' ? path + length + 1 : NULL;
}

/* What the file of an actual mask is called, by which predicted ones could be: its name below the
 * folder, or the id where a pattern tells that. Caller frees; NULL: it is not known. */
static char *
actual_name(const MsEntry *entry, const char *actual)
{
  const char *below;

  if (!actual || ms_pattern_is(actual))
    return g_strdup(entry->actual_part >= 0 && entry->group ? entry->group : entry->id);
  below = ms_check_path_below(entry->actual, actual);
  return below ? g_strndup(below, ms_text_stem_length(below)) : NULL;
}

static void
add_actual(MsCheckLone *lone, const MsEntry *entry)
{
  char *name = actual_name(entry, lone->places);

  if (!name || g_hash_table_contains(lone->actual, name)) {
    g_free(name);
    return;
  }
  if (entry->actual_part == MS_PART_WHOLE)
    g_hash_table_insert(lone->ids, g_strdup(entry->id), name);
  g_hash_table_insert(lone->ids, g_strdup(name), name);
  g_hash_table_insert(lone->actual, name, g_path_get_basename(entry->actual));
}

/* Several examples may be parts of one file. */
static void
add_predicted(MsCheckLone *lone, const MsEntry *entry)
{
  const char *below = ms_check_path_below(entry->predicted[lone->model], lone->folder);
  const char *last = lone->predicted->len > 0
                         ? g_ptr_array_index(lone->predicted, lone->predicted->len - 1)
                         : NULL;

  if (below && entry->predicted_parts[lone->model] != MS_PART_UNITED && g_strcmp0(below, last) != 0)
    g_ptr_array_add(lone->predicted, (char *)below);
}

gboolean
ms_check_lone_init(MsCheckLone *lone, const MsInventory *inventory, guint model, const char *actual,
                   const char *predicted)
{
  *lone = (MsCheckLone){
      .inventory = inventory,
      .model = model,
      .places = actual,
      .folder = g_strdup(predicted),
      .actual = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
      .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
      .predicted = g_ptr_array_new(),
  };
  for (guint i = 0; i < inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(inventory->entries, i);

    if (entry->actual && !entry->predicted[model])
      add_actual(lone, entry);
    else if (!entry->actual && entry->predicted[model])
      add_predicted(lone, entry);
  }
  return g_hash_table_size(lone->actual) >= MIN_LONE && lone->predicted->len >= MIN_LONE;
}

void
ms_check_lone_clear(MsCheckLone *lone)
{
  g_clear_pointer(&lone->folder, g_free);
  g_clear_pointer(&lone->ids, g_hash_table_unref);
  g_clear_pointer(&lone->actual, g_hash_table_unref);
  g_clear_pointer(&lone->predicted, g_ptr_array_unref);
}

gboolean
ms_check_lone_is_most(const MsCheckLone *lone, guint n)
{
  guint n_actual = g_hash_table_size(lone->actual);

  return n >= MIN_LONE && n >= MIN_SHARE * MIN(n_actual, lone->predicted->len);
}

/* --- patterns ------------------------------------------------------------------------------- */

/* What stands around the id. */
typedef struct {
  char *before;
  char *after;  /* with the file's ending */
  gsize length; /* of both */
} Around;

static void
around_free(gpointer data)
{
  Around *around = data;

  g_free(around->before);
  g_free(around->after);
  g_free(around);
}

/* The id in a name; NULL: it does not fit. Caller frees. */
static char *
cut_id(const Around *around, const char *name)
{
  gsize length = strlen(name);

  if (length <= around->length || !g_str_has_prefix(name, around->before) ||
      !g_str_has_suffix(name, around->after))
    return NULL;
  return g_strndup(name + strlen(around->before), length - around->length);
}

static void
add_around(GPtrArray *candidates, const char *name, gsize from, gsize n)
{
  g_autofree char *before = g_strndup(name, from);
  Around *around;

  for (guint i = 0; i < candidates->len; i++) {
    const Around *other = g_ptr_array_index(candidates, i);

    if (g_str_equal(other->before, before) && g_str_equal(other->after, name + from + n))
      return;
  }
  around = g_new(Around, 1);
  around->after = g_strdup(name + from + n);
  around->length = from + strlen(around->after);
  around->before = g_steal_pointer(&before);
  g_ptr_array_add(candidates, around);
}

/* Wherever a part of the name is called as an actual mask. */
static void
add_candidates(const MsCheckLone *lone, const char *name, GPtrArray *candidates)
{
  gsize length = ms_text_stem_length(name);
  char id[MAX_LENGTH + 1];

  if (length > MAX_LENGTH || strpbrk(name, "*{}") || !g_utf8_validate(name, -1, NULL))
    return;
  for (gsize from = 0; from < length; from++)
    for (gsize n = 1; from + n <= length; n++) {
      if (n == length)
        continue;
      memcpy(id, name + from, n);
      id[n] = '\0';
      if (g_hash_table_contains(lone->ids, id))
        add_around(candidates, name, from, n);
    }
}

static GPtrArray *
list_candidates(const MsCheckLone *lone)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func(around_free);
  guint n = MIN(lone->predicted->len, N_SAMPLED);

  for (guint i = 0; i < n; i++) {
    guint index = (guint)((guint64)i * lone->predicted->len / n);

    add_candidates(lone, g_ptr_array_index(lone->predicted, index), candidates);
  }
  return candidates;
}

static const char *
find_actual(const MsCheckLone *lone, const Around *around, const char *name)
{
  g_autofree char *id = cut_id(around, name);

  return id ? g_hash_table_lookup(lone->ids, id) : NULL;
}

/* Names, spread over all, that a candidate fits. */
static guint
count_fits(const MsCheckLone *lone, const Around *around)
{
  guint n = MIN(lone->predicted->len, N_COMPARED), n_fits = 0;

  for (guint i = 0; i < n; i++) {
    guint index = (guint)((guint64)i * lone->predicted->len / n);

    n_fits += find_actual(lone, around, g_ptr_array_index(lone->predicted, index)) != NULL;
  }
  return n_fits;
}

/* NULL: there is none. Of such that fit as many, the one with the longest ids. */
static const Around *
choose(const MsCheckLone *lone, const GPtrArray *candidates)
{
  const Around *best = NULL;
  guint most = 0;

  for (guint i = 0; i < candidates->len; i++) {
    const Around *around = g_ptr_array_index(candidates, i);
    guint n = count_fits(lone, around);

    if (n > most || (best && n == most && around->length < best->length)) {
      best = around;
      most = n;
    }
  }
  return best;
}

/* Pairs of today that the pattern would not make. */
static guint
count_lost(const MsCheckLone *lone, const Around *around)
{
  guint n_lost = 0;

  for (guint i = 0; i < lone->inventory->entries->len; i++) {
    const MsEntry *entry = g_ptr_array_index(lone->inventory->entries, i);
    const char *path = entry->actual ? entry->predicted[lone->model] : NULL;
    const char *below = path ? ms_check_path_below(path, lone->folder) : NULL;
    g_autofree char *id = below ? cut_id(around, below) : NULL;
    g_autofree char *actual = id ? actual_name(entry, lone->places) : NULL;

    n_lost += path && !(id && (g_str_equal(id, entry->id) || g_strcmp0(id, actual) == 0));
  }
  return n_lost;
}

char *
ms_check_lone_find_pattern(const MsCheckLone *lone, guint *n)
{
  g_autoptr(GPtrArray) candidates = list_candidates(lone);
  g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
  const Around *around = choose(lone, candidates);
  guint n_lost;

  if (!around)
    return NULL;
  for (guint i = 0; i < lone->predicted->len; i++) {
    const char *actual = find_actual(lone, around, g_ptr_array_index(lone->predicted, i));

    if (actual)
      g_hash_table_add(taken, (char *)actual);
  }
  n_lost = count_lost(lone, around);
  *n = g_hash_table_size(taken) - MIN(n_lost, g_hash_table_size(taken));
  return ms_check_lone_is_most(lone, *n)
             ? g_strdup_printf("%s{id}%s", around->before, around->after)
             : NULL;
}
