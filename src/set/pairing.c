/* SPDX-License-Identifier: MIT
 *
 * Files are gathered in groups, one to an example. First every stem makes a group. Then groups that
 * lack a role are looked up by what their stems may be called (set/stems.h), the longest such keys
 * first, and what a key brings together is merged, as long as it brings one file for a role. A
 * group that could be scored by itself is never taken apart. Once more the same with case folded.
 *
 * Shaped for: 200,000 files of a role, most of them paired by the first step.
 */
#include "set/pairing.h"

#include "set/stems.h"
#include "set/text.h"

typedef struct Item {
  struct Item *next; /* in its group */
  const MsRoleFile *file;
  guint role;
} Item;

typedef struct {
  Item *items;
  guint order;      /* of its making, for results that do not depend on hashing */
  guint n_roles;    /* distinct ones */
  const char *name; /* the stem, or the key that merged it */
  gboolean merged;
} Group;

/* A group that may be called by a bucket's key. */
typedef struct {
  Group *group;
  guint next;     /* in its bucket: an index into the members plus 1; 0: the last */
  gboolean whole; /* the key is its name as it stands */
} Member;

typedef struct {
  const char *key;
  gsize key_length;
  guint order; /* of its making */
  guint first; /* as Member.next */
  guint n_members;
} Bucket;

typedef struct {
  const MsRoles *roles;
  guint n_roles;
  Item *item_block;
  GPtrArray *groups;
  GHashTable *by_stem;
  GStringChunk *strings;
} Pairing;

static const MsRole *
role_at(const Pairing *pairing, guint role)
{
  return g_ptr_array_index(pairing->roles->roles, role);
}

/* --- groups --------------------------------------------------------------------------------- */

static Group *
group_new(Pairing *pairing, const char *name)
{
  Group *group = g_new0(Group, 1);
  group->order = pairing->groups->len;
  group->name = name;
  g_ptr_array_add(pairing->groups, group);
  return group;
}

static gboolean
group_has_role(const Group *group, guint role)
{
  for (const Item *item = group->items; item; item = item->next)
    if (item->role == role)
      return TRUE;
  return FALSE;
}

static void
group_add(Group *group, Item *item)
{
  if (!group_has_role(group, item->role))
    group->n_roles++;
  Item **end = &group->items;
  while (*end)
    end = &(*end)->next;
  item->next = NULL;
  *end = item;
}

/* Takes the items of a role (G_MAXUINT: all) out of one group into another. */
static void
group_move(Group *from, Group *to, guint role)
{
  Item *items = g_steal_pointer(&from->items);
  from->n_roles = 0;
  while (items) {
    Item *item = items;
    items = item->next;
    group_add(role == G_MAXUINT || item->role == role ? to : from, item);
  }
}

static gboolean
group_is_complete(const Pairing *pairing, const Group *group)
{
  return group->n_roles == pairing->n_roles;
}

/* Whether it has an actual mask and a predicted one. */
static gboolean
group_is_scoreable(const Pairing *pairing, const Group *group)
{
  gboolean actual = FALSE, predicted = FALSE;
  for (const Item *item = group->items; item; item = item->next) {
    MsRoleKind kind = role_at(pairing, item->role)->kind;
    actual |= kind == MS_ROLE_ACTUAL;
    predicted |= kind == MS_ROLE_PREDICTED;
  }
  return actual && predicted;
}

static gboolean
groups_overlap(const Group *a, const Group *b)
{
  for (const Item *item = a->items; item; item = item->next)
    if (group_has_role(b, item->role))
      return TRUE;
  return FALSE;
}

static void
group_by_stem(Pairing *pairing)
{
  Item *item = pairing->item_block;
  for (guint role = 0; role < pairing->n_roles; role++) {
    const GArray *files = role_at(pairing, role)->files;
    for (guint i = 0; i < files->len; i++, item++) {
      item->file = &g_array_index(files, MsRoleFile, i);
      item->role = role;
      Group *group = g_hash_table_lookup(pairing->by_stem, item->file->stem);
      if (!group) {
        group = group_new(pairing, item->file->stem);
        g_hash_table_insert(pairing->by_stem, (char *)item->file->stem, group);
      }
      group_add(group, item);
    }
  }
}

/* --- buckets -------------------------------------------------------------------------------- */

typedef struct {
  Pairing *pairing;
  gboolean fold;
  GHashTable *by_key; /* key -> its bucket's order plus 1 */
  GArray *buckets;    /* Bucket */
  GArray *members;    /* Member */
  GString *scratch;
} Index;

static void
index_init(Index *index, Pairing *pairing, gboolean fold)
{
  index->pairing = pairing;
  index->fold = fold;
  index->by_key = g_hash_table_new(g_str_hash, g_str_equal);
  index->buckets = g_array_new(FALSE, FALSE, sizeof(Bucket));
  index->members = g_array_new(FALSE, FALSE, sizeof(Member));
  index->scratch = g_string_new(NULL);
}

static void
index_clear(Index *index)
{
  g_hash_table_unref(index->by_key);
  g_array_unref(index->buckets);
  g_array_unref(index->members);
  g_string_free(index->scratch, TRUE);
}

/* The bucket of the key that stands in `scratch`. */
static Bucket *
index_find(Index *index)
{
  guint order = GPOINTER_TO_UINT(g_hash_table_lookup(index->by_key, index->scratch->str));
  if (order == 0) {
    Bucket bucket = {
        .key = g_string_chunk_insert_len(index->pairing->strings, index->scratch->str,
                                         (gssize)index->scratch->len),
        .key_length = index->scratch->len,
        .order = index->buckets->len,
    };
    g_array_append_val(index->buckets, bucket);
    order = index->buckets->len;
    g_hash_table_insert(index->by_key, (char *)bucket.key, GUINT_TO_POINTER(order));
  }
  return &g_array_index(index->buckets, Bucket, order - 1);
}

static void
index_add(Index *index, const char *key, gsize length, Group *group, gboolean whole)
{
  g_string_truncate(index->scratch, 0);
  g_string_append_len(index->scratch, key, (gssize)length);
  Bucket *bucket = index_find(index);
  for (guint next = bucket->first; next;) {
    Member *member = &g_array_index(index->members, Member, next - 1);
    if (member->group == group) {
      member->whole |= whole;
      return;
    }
    next = member->next;
  }
  Member member = {group, bucket->first, whole};
  g_array_append_val(index->members, member);
  bucket->first = index->members->len;
  bucket->n_members++;
}

static void
index_add_group(Index *index, Group *group)
{
  for (const Item *item = group->items; item; item = item->next) {
    const MsRole *role = role_at(index->pairing, item->role);
    g_autofree char *folded = index->fold ? ms_text_fold(item->file->stem) : NULL;
    const char *stem = folded ? folded : item->file->stem;
    gsize lengths[MS_STEM_MAX_FORMS];
    guint n = ms_stem_forms(stem, role->kind, role->exact, lengths);
    for (guint i = 0; i < n; i++)
      index_add(index, stem, lengths[i], group, i == 0);
  }
  if (group->merged) {
    g_autofree char *folded = index->fold ? ms_text_fold(group->name) : NULL;
    const char *name = folded ? folded : group->name;
    index_add(index, name, strlen(name), group, TRUE);
  }
}

/* Longest keys first: the least that must be stripped. */
static int
compare_buckets(gconstpointer a, gconstpointer b)
{
  const Bucket *left = a, *right = b;
  if (left->key_length != right->key_length)
    return left->key_length < right->key_length ? 1 : -1;
  return (left->order > right->order) - (left->order < right->order);
}

/* Leaves the buckets that have something to compare, in the order they are to be looked at. */
static void
index_sort(Index *index)
{
  guint n_shared = 0;
  for (guint i = 0; i < index->buckets->len; i++) {
    Bucket bucket = g_array_index(index->buckets, Bucket, i);
    if (bucket.n_members > 1)
      g_array_index(index->buckets, Bucket, n_shared++) = bucket;
  }
  g_array_set_size(index->buckets, n_shared);
  g_array_sort(index->buckets, compare_buckets);
}

/* --- merging -------------------------------------------------------------------------------- */

static int
compare_members(gconstpointer a, gconstpointer b)
{
  const Member *left = *(const Member *const *)a, *right = *(const Member *const *)b;
  if (left->whole != right->whole)
    return left->whole ? -1 : 1;
  return (left->group->order > right->group->order) - (left->group->order < right->group->order);
}

/* The bucket's groups that still lack something, those called by the key itself first. */
static GPtrArray *
collect_members(const Index *index, const Bucket *bucket)
{
  GPtrArray *members = g_ptr_array_new();
  for (guint next = bucket->first; next;) {
    Member *member = &g_array_index(index->members, Member, next - 1);
    if (member->group->items && !group_is_complete(index->pairing, member->group))
      g_ptr_array_add(members, member);
    next = member->next;
  }
  g_ptr_array_sort(members, compare_members);
  return members;
}

/* Groups that could be scored as they are compete with each other: only one of them may stay, and
 * only when it is the one that bears the key, or alone. */
static Group *
take_scoreable(const Pairing *pairing, GPtrArray *members)
{
  guint n = 0, n_whole = 0;
  Group *only = NULL, *whole = NULL;
  for (guint i = members->len; i-- > 0;) {
    const Member *member = g_ptr_array_index(members, i);
    if (!group_is_scoreable(pairing, member->group))
      continue;
    only = member->group;
    n++;
    if (member->whole) {
      whole = member->group;
      n_whole++;
    }
    g_ptr_array_remove_index(members, i);
  }
  if (n == 1)
    return only;
  return n_whole == 1 ? whole : NULL;
}

/* How many different roles the members offer. */
static guint
count_roles(const Pairing *pairing, const GPtrArray *members)
{
  guint n = 0;
  for (guint role = 0; role < pairing->n_roles; role++)
    for (guint i = 0; i < members->len; i++) {
      const Member *member = g_ptr_array_index(members, i);
      if (group_has_role(member->group, role)) {
        n++;
        break;
      }
    }
  return n;
}

/* The group that the others' files are added to: the one called by the key, or a new one. NULL:
 * there is nothing to merge, or two groups claim the same role and neither can go first. */
static Group *
take_nucleus(Pairing *pairing, GPtrArray *members, const char *name)
{
  Group *scoreable = take_scoreable(pairing, members);
  const Member *first = members->len ? g_ptr_array_index(members, 0) : NULL;
  const Member *second = members->len > 1 ? g_ptr_array_index(members, 1) : NULL;
  /* With case folded, several groups may bear the key: then none goes before the others. */
  if (first && first->whole && !(second && second->whole)) {
    Group *base = first->group;
    if (scoreable && groups_overlap(base, scoreable))
      return NULL;
    g_ptr_array_remove_index(members, 0);
    if (scoreable)
      group_move(scoreable, base, G_MAXUINT);
    return base;
  }
  if (scoreable)
    return scoreable;
  return count_roles(pairing, members) > 1 ? group_new(pairing, name) : NULL;
}

/* Adds the files that others offer for a role that the nucleus lacks: those of groups called by the
 * key before the rest. More than one makes the role ambiguous. */
static void
take_role(Group *nucleus, const GPtrArray *members, guint role)
{
  for (int whole = 1; whole >= 0 && !group_has_role(nucleus, role); whole--)
    for (guint i = 0; i < members->len; i++) {
      const Member *member = g_ptr_array_index(members, i);
      if (member->whole == whole)
        group_move(member->group, nucleus, role);
    }
}

static gboolean
has_one_stem(const Group *group)
{
  for (const Item *item = group->items; item; item = item->next)
    if (strcmp(item->file->stem, group->items->file->stem) != 0)
      return FALSE;
  return TRUE;
}

/* The key as the first member's first file spells it; the key itself where case was not folded. */
static const char *
spell_key(Pairing *pairing, const Bucket *bucket, const GPtrArray *members)
{
  const Group *group = ((const Member *)g_ptr_array_index(members, 0))->group;
  const char *stem = group->items->file->stem;
  const MsRole *role = role_at(pairing, group->items->role);
  gsize lengths[MS_STEM_MAX_FORMS];
  guint n = ms_stem_forms(stem, role->kind, role->exact, lengths);
  for (guint i = 0; i < n; i++) {
    g_autofree char *form = g_strndup(stem, lengths[i]);
    g_autofree char *folded = ms_text_fold(form);
    if (strcmp(folded, bucket->key) == 0)
      return g_string_chunk_insert(pairing->strings, form);
  }
  return group->name;
}

static void
merge_bucket(const Index *index, const Bucket *bucket)
{
  Pairing *pairing = index->pairing;
  g_autoptr(GPtrArray) members = collect_members(index, bucket);
  if (members->len < 2 || count_roles(pairing, members) < 2)
    return;
  const Group *bearer = index->fold ? NULL : g_hash_table_lookup(pairing->by_stem, bucket->key);
  if (bearer && bearer->items && group_is_complete(pairing, bearer))
    return; /* the example of this name has all it needs */
  const char *name = index->fold ? spell_key(pairing, bucket, members) : bucket->key;
  Group *nucleus = take_nucleus(pairing, members, name);
  if (!nucleus)
    return;
  for (guint role = 0; role < pairing->n_roles; role++)
    if (!group_has_role(nucleus, role))
      take_role(nucleus, members, role);
  if (!has_one_stem(nucleus)) {
    nucleus->name = name;
    nucleus->merged = TRUE;
  }
}

static gboolean
merge_by_forms(Pairing *pairing, gboolean fold, GCancellable *cancellable, GError **error)
{
  Index index;
  index_init(&index, pairing, fold);
  for (guint i = 0; i < pairing->groups->len; i++) {
    Group *group = g_ptr_array_index(pairing->groups, i);
    if (group->items && !group_is_complete(pairing, group))
      index_add_group(&index, group);
  }
  index_sort(&index);
  gboolean fine = TRUE;
  for (guint i = 0; fine && i < index.buckets->len; i++) {
    merge_bucket(&index, &g_array_index(index.buckets, Bucket, i));
    fine = !g_cancellable_set_error_if_cancelled(cancellable, error);
  }
  index_clear(&index);
  return fine;
}

/* --- entries -------------------------------------------------------------------------------- */

/* What a group is called: the key that made it; an image's stem; else the mask's without what only
 * says that it is a mask. */
static char *
plain_name(const Pairing *pairing, const Group *group)
{
  gsize length = strlen(group->name);
  gboolean stripped = !group->merged;
  for (const Item *item = group->items; item; item = item->next) {
    const MsRole *role = role_at(pairing, item->role);
    stripped &= role->kind != MS_ROLE_IMAGE && !role->exact;
  }
  if (stripped) {
    /* Every file must lose the same, or the name would be one that a role does not know. */
    const Item *first = group->items;
    length = ms_stem_name_length(group->name, role_at(pairing, first->role)->kind);
    for (const Item *item = first->next; item; item = item->next)
      if (ms_stem_name_length(group->name, role_at(pairing, item->role)->kind) != length)
        length = strlen(group->name);
  }
  return g_strndup(group->name, length);
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *
list_files(const Group *group, guint role)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (const Item *item = group->items; item; item = item->next)
    if (item->role == role) {
      g_autofree char *name = g_path_get_basename(item->file->path);
      g_ptr_array_add(names, ms_text_id(name));
    }
  g_ptr_array_sort(names, compare_strings);
  g_ptr_array_add(names, NULL);
  return g_strjoinv(", ", (GStrv)names->pdata);
}

static void
set_file(const Pairing *pairing, const Group *group, MsEntry *entry, MsInventory *inventory,
         guint role, guint model)
{
  const Item *found = NULL;
  guint n = 0;
  for (const Item *item = group->items; item; item = item->next)
    if (item->role == role) {
      found = item;
      n++;
    }
  if (n == 0)
    return;
  g_autofree char *files = n > 1 ? list_files(group, role) : NULL;
  switch (role_at(pairing, role)->kind) {
  case MS_ROLE_IMAGE:
    if (n > 1)
      ms_notices_add(inventory->notices, found->file->path,
                     "Example %s: more than one image fits, none is shown: %s", entry->id, files);
    else
      ms_text_set(&entry->image, found->file->path);
    break;
  case MS_ROLE_ACTUAL:
    if (n > 1)
      ms_entry_add_problem(entry, G_MAXUINT, "more than one actual mask fits: %s", files);
    else
      ms_text_set(&entry->actual, found->file->path);
    break;
  case MS_ROLE_PREDICTED:
    if (n > 1)
      ms_entry_add_problem(entry, model, "more than one predicted mask fits: %s", files);
    else
      ms_text_set(&entry->predicted[model], found->file->path);
    break;
  }
}

static MsEntry *
make_entry(const Pairing *pairing, const Group *group, const char *name, MsInventory *inventory)
{
  g_autofree char *spelt = ms_roles_spell(pairing->roles, name);
  g_autofree char *id = ms_text_id(spelt);
  MsEntry *entry = ms_entry_new(id, inventory->models->len);
  gsize length;
  ms_text_set(&entry->split, ms_split_of_path(name, &length));
  guint model = 0;
  for (guint role = 0; role < pairing->n_roles; role++) {
    set_file(pairing, group, entry, inventory, role, model);
    model += role_at(pairing, role)->kind == MS_ROLE_PREDICTED;
  }
  return entry;
}

/* Names that two groups would share are given to neither: both keep their stems. */
static void
make_entries(Pairing *pairing, MsInventory *inventory)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < pairing->groups->len; i++) {
    const Group *group = g_ptr_array_index(pairing->groups, i);
    char *name = group->items ? plain_name(pairing, group) : NULL;
    g_ptr_array_add(names, name);
    if (name) {
      guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, name)) + 1;
      g_hash_table_insert(counts, name, GUINT_TO_POINTER(count));
    }
  }
  for (guint i = 0; i < pairing->groups->len; i++) {
    const Group *group = g_ptr_array_index(pairing->groups, i);
    const char *name = g_ptr_array_index(names, i);
    if (!name)
      continue;
    gboolean shared = GPOINTER_TO_UINT(g_hash_table_lookup(counts, name)) > 1;
    g_ptr_array_add(
        inventory->entries,
        make_entry(pairing, group, shared ? group->items->file->stem : name, inventory));
  }
}

gboolean
ms_pair_roles(const MsRoles *roles, MsInventory *inventory, GCancellable *cancellable,
              GError **error)
{
  Pairing pairing = {.roles = roles, .n_roles = roles->roles->len};
  gsize n_files = 0;
  for (guint role = 0; role < pairing.n_roles; role++)
    n_files += role_at(&pairing, role)->files->len;
  pairing.item_block = g_new0(Item, n_files);
  pairing.groups = g_ptr_array_new_with_free_func(g_free);
  pairing.by_stem = g_hash_table_new(g_str_hash, g_str_equal);
  pairing.strings = g_string_chunk_new(1 << 14);
  group_by_stem(&pairing);
  gboolean fine = merge_by_forms(&pairing, FALSE, cancellable, error) &&
                  merge_by_forms(&pairing, TRUE, cancellable, error);
  if (fine)
    make_entries(&pairing, inventory);
  g_string_chunk_free(pairing.strings);
  g_hash_table_unref(pairing.by_stem);
  g_ptr_array_unref(pairing.groups);
  g_free(pairing.item_block);
  return fine;
}
