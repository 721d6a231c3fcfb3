/* SPDX-License-Identifier: MIT
 *
 * Entries are plain structs, made once and given up when the set's examples are made of them.
 */
#include "set/inventory.h"

#include <string.h>

#include "io/file.h"
#include "set/ending.h"
#include "set/name-sort.h"
#include "set/text.h"

static void
problem_clear(gpointer data)
{
  g_free(((MsProblem *)data)->reason);
}

/* One piece of memory: there may be a million. */
MsEntry *
ms_entry_new(const char *id, guint n_models)
{
  gsize a_model = sizeof(char *) + sizeof(int);
  MsEntry *entry = g_malloc0(sizeof *entry + n_models * a_model);
  entry->id = id;
  entry->predicted = (const char **)(void *)(entry + 1);
  entry->predicted_parts = (int *)(void *)(entry->predicted + n_models);
  entry->image_part = MS_PART_WHOLE;
  entry->actual_part = MS_PART_WHOLE;
  for (guint i = 0; i < n_models; i++)
    entry->predicted_parts[i] = MS_PART_WHOLE;
  return entry;
}

void
ms_entry_free(MsEntry *entry)
{
  if (!entry)
    return;
  g_clear_pointer(&entry->problems, g_array_unref);
  g_free(entry);
}

const char *
ms_inventory_keep(MsInventory *inventory, const char *text)
{
  return text ? g_string_chunk_insert(inventory->strings, text) : NULL;
}

void
ms_entry_add_problem(MsEntry *entry, MsProblemKind kind, guint model, const char *format, ...)
{
  if (!entry->problems) {
    entry->problems = g_array_new(FALSE, FALSE, sizeof(MsProblem));
    g_array_set_clear_func(entry->problems, problem_clear);
  }
  MsProblem problem = {.kind = kind, .model = model};
  va_list arguments;
  va_start(arguments, format);
  problem.reason = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_array_append_val(entry->problems, problem);
}

static void
model_free(gpointer data)
{
  MsFoundModel *model = data;
  g_free(model->name);
  g_free(model->folder);
  ms_annotations_unref(model->annotations);
  g_free(model);
}

MsInventory *
ms_inventory_new(void)
{
  MsInventory *inventory = g_new0(MsInventory, 1);
  inventory->entries = g_ptr_array_new();
  inventory->models = g_ptr_array_new_with_free_func(model_free);
  inventory->notices = ms_notices_new();
  inventory->strings = g_string_chunk_new(1 << 16);
  return inventory;
}

void
ms_inventory_free(MsInventory *inventory)
{
  if (!inventory)
    return;
  for (guint i = 0; i < inventory->entries->len; i++)
    ms_entry_free(g_ptr_array_index(inventory->entries, i));
  g_ptr_array_unref(inventory->entries);
  g_ptr_array_unref(inventory->models);
  g_ptr_array_unref(inventory->notices);
  g_string_chunk_free(inventory->strings);
  ms_label_data_unref(inventory->labels);
  ms_annotations_unref(inventory->annotations);
  g_clear_pointer(&inventory->readings, g_ptr_array_unref);
  g_free(inventory->title);
  g_free(inventory->path);
  g_free(inventory->class_folder);
  g_free(inventory->class_table);
  g_free(inventory->layout);
  g_free(inventory->actual_folder);
  g_free(inventory);
}

/* --- models --------------------------------------------------------------------------------- */

void
ms_inventory_add_model(MsInventory *inventory, const char *name, const char *folder)
{
  MsFoundModel *model = g_new0(MsFoundModel, 1);
  model->name = g_strdup(name);
  model->folder = g_strdup(folder);
  g_ptr_array_add(inventory->models, model);
}

/* Without the ending of a picture, a table or an annotation file. */
static void
strip_ending(char *path)
{
  gsize length = ms_text_stem_length(path);
  if (ms_ending_is_of_table(path) || ms_ending_is_of_array(path) || ms_ending_is(path, ".json"))
    length = (gsize)(strrchr(path, '.') - path);
  path[length] = '\0';
}

/* The last n parts of a path, joined by '-', without its ending; patterns lose the part that
 * varies. */
static char *
name_after(const char *folder, guint n_parts)
{
  const char *varies = strpbrk(folder, "{*");
  g_autofree char *fixed = g_strdup(folder);
  if (varies) {
    fixed[varies - folder] = '\0';
    char *slash = strrchr(fixed, '/');
    fixed[slash ? slash - fixed : 0] = '\0';
  }
  g_autofree char *absolute = g_canonicalize_filename(*fixed ? fixed : ".", NULL);
  strip_ending(absolute);
  g_auto(GStrv) parts = g_strsplit(absolute + 1, "/", -1);
  guint n = g_strv_length(parts);
  g_autofree char *name = g_strjoinv("-", parts + (n > n_parts ? n - n_parts : 0));
  return ms_text_id(*name ? name : "model");
}

static gboolean
is_name_taken(const MsInventory *inventory, const char *name, guint except)
{
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    if (i != except && g_strcmp0(model->name, name) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether n parts tell the nameless model apart from all others. */
static gboolean
is_enough(const MsInventory *inventory, guint index, guint n_parts)
{
  const MsFoundModel *self = g_ptr_array_index(inventory->models, index);
  g_autofree char *name = name_after(self->folder, n_parts);
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsFoundModel *other = g_ptr_array_index(inventory->models, i);
    if (i == index || (!other->name && g_str_equal(other->folder, self->folder)))
      continue; /* one folder given twice is told apart by a number */
    g_autofree char *theirs = other->name ? NULL : name_after(other->folder, n_parts);
    if (g_strcmp0(name, other->name ? other->name : theirs) == 0)
      return FALSE;
  }
  return TRUE;
}

void
ms_inventory_name_models(MsInventory *inventory)
{
  const guint max_parts = 6;
  g_autofree char **names = g_new0(char *, inventory->models->len + 1);
  for (guint i = 0; i < inventory->models->len; i++) {
    const MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    guint n_parts = 1;
    while (!model->name && n_parts < max_parts && !is_enough(inventory, i, n_parts))
      n_parts++;
    if (!model->name)
      names[i] = name_after(model->folder, n_parts);
  }
  for (guint i = 0; i < inventory->models->len; i++) {
    MsFoundModel *model = g_ptr_array_index(inventory->models, i);
    if (model->name)
      continue;
    g_autofree char *base = g_strdup(names[i]);
    for (guint n = 2; is_name_taken(inventory, names[i], i); n++) {
      g_free(names[i]);
      names[i] = g_strdup_printf("%s (%u)", base, n);
    }
    model->name = names[i];
  }
}

/* --- entries -------------------------------------------------------------------------------- */

static void
sort_entries(GPtrArray *entries)
{
  g_autofree MsNamed *named = g_new(MsNamed, entries->len);
  for (guint i = 0; i < entries->len; i++) {
    MsEntry *entry = g_ptr_array_index(entries, i);
    named[i] = (MsNamed){entry->id, entry};
  }
  ms_names_sort(named, entries->len);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_index(entries, i) = named[i].data;
}

static gboolean
has_problem(const MsEntry *entry, guint model)
{
  for (guint i = 0; entry->problems && i < entry->problems->len; i++)
    if (g_array_index(entry->problems, MsProblem, i).model == model)
      return TRUE;
  return FALSE;
}

/* Where masks of a model are, for messages; G_MAXUINT: the actual ones. */
static char *
describe_folder(const MsInventory *inventory, guint model)
{
  const char *folder = inventory->actual_folder;
  if (model != G_MAXUINT)
    folder = ((const MsFoundModel *)g_ptr_array_index(inventory->models, model))->folder;
  return folder ? ms_path_display(folder) : g_strdup("the set");
}

gboolean
ms_inventory_has(const MsInventory *inventory, const MsEntry *entry, guint model)
{
  if (inventory->labels)
    return ms_label_data_has(inventory->labels, model, entry->row);
  return (model == MS_LABEL_ACTUAL ? entry->actual : entry->predicted[model]) != NULL;
}

gboolean
ms_problem_is_missing(const char *reason)
{
  return g_str_has_prefix(reason, "no ");
}

static const char *
thing_name(const MsInventory *inventory)
{
  return inventory->labels ? "labels" : "mask";
}

/* Without an actual mask nothing else matters. */
static void
add_missing(MsInventory *inventory, MsEntry *entry)
{
  const char *thing = thing_name(inventory);
  gboolean has_actual = ms_inventory_has(inventory, entry, MS_LABEL_ACTUAL);
  if (!has_actual && !has_problem(entry, G_MAXUINT)) {
    g_autofree char *folder = describe_folder(inventory, G_MAXUINT);
    ms_entry_add_problem(entry, MS_PROBLEM_MISSING, G_MAXUINT, "no actual %s in %s", thing, folder);
  }
  for (guint i = 0; has_actual && i < inventory->models->len; i++) {
    if (ms_inventory_has(inventory, entry, i) || has_problem(entry, i))
      continue;
    g_autofree char *folder = describe_folder(inventory, i);
    ms_entry_add_problem(entry, MS_PROBLEM_MISSING, i, "no predicted %s in %s", thing, folder);
  }
}

/* Two files may be told apart by nothing that an id shows; ids are unique all the same. FALSE: they
 * were. */
static gboolean
make_ids_unique(MsInventory *inventory)
{
  const GPtrArray *entries = inventory->entries;
  gboolean changed = FALSE;
  guint n_same = 1;
  for (guint i = 1; i < entries->len; i++) {
    const MsEntry *before = g_ptr_array_index(entries, i - n_same);
    MsEntry *entry = g_ptr_array_index(entries, i);
    if (!g_str_equal(before->id, entry->id)) {
      n_same = 1;
      continue;
    }
    g_autofree char *id = g_strdup_printf("%s (%u)", entry->id, ++n_same);
    entry->id = ms_inventory_keep(inventory, id);
    changed = TRUE;
  }
  return changed;
}

void
ms_inventory_finish(MsInventory *inventory)
{
  sort_entries(inventory->entries);
  if (make_ids_unique(inventory))
    sort_entries(inventory->entries);
  for (guint i = 0; i < inventory->entries->len; i++)
    add_missing(inventory, g_ptr_array_index(inventory->entries, i));
}

/* --- what is wrong with entries, in short ---------------------------------------------------- */

static gboolean
has_problem_of_kind(const MsEntry *entry, MsProblemKind kind, guint model)
{
  for (guint i = 0; entry->problems && i < entry->problems->len; i++) {
    const MsProblem *problem = &g_array_index(entry->problems, MsProblem, i);
    if (problem->kind == kind && problem->model == model)
      return TRUE;
  }
  return FALSE;
}

/* `entries` are those with problems. */
static void
note_kind(MsInventory *inventory, const GPtrArray *entries, MsProblemKind kind, guint model)
{
  const MsEntry *first = NULL;
  guint n = 0;
  for (guint i = entries->len; i-- > 0;) {
    const MsEntry *entry = g_ptr_array_index(entries, i);
    if (has_problem_of_kind(entry, kind, model)) {
      first = entry;
      n++;
    }
  }
  if (n == 0)
    return;
  g_autofree char *folder = describe_folder(inventory, model);
  g_autofree char *who = n == 1 ? g_strdup_printf("Example %s has", first->id)
                                : g_strdup_printf("%u examples have", n);
  g_autofree char *which = n == 1 ? g_strdup("") : g_strdup_printf(", the first is %s", first->id);
  ms_notices_add(inventory->notices, NULL, "%s %s %s %s in %s%s", who,
                 kind == MS_PROBLEM_MISSING ? "no" : "more than one fitting",
                 model == G_MAXUINT ? "actual" : "predicted", thing_name(inventory), folder, which);
  ms_notices_mark_last(inventory->notices,
                       kind == MS_PROBLEM_MISSING ? MS_NOTICE_MISSING : MS_NOTICE_AMBIGUOUS);
}

static void
note_model(MsInventory *inventory, const GPtrArray *entries, guint model)
{
  note_kind(inventory, entries, MS_PROBLEM_MISSING, model);
  note_kind(inventory, entries, MS_PROBLEM_AMBIGUOUS, model);
}

void
ms_inventory_note_problems(MsInventory *inventory)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new();
  for (guint i = 0; i < inventory->entries->len; i++) {
    MsEntry *entry = g_ptr_array_index(inventory->entries, i);
    if (entry->problems)
      g_ptr_array_add(entries, entry);
  }
  note_model(inventory, entries, G_MAXUINT);
  for (guint model = 0; model < inventory->models->len; model++)
    note_model(inventory, entries, model);
}
