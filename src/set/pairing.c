/* SPDX-License-Identifier: MIT
 *
 * Files are gathered in groups, one to an example. First every stem makes a group. Then groups that
 * lack a role are looked up by what their stems may be called (set/stems.h), the longest such keys
 * first, and what a key brings together is merged, as long as it brings one file for a role. A
 * group that could be scored by itself is never taken apart. Once more the same with case folded.
 *
 * Shaped for: a million files of a role, most of them paired by the first step.
 */
#include "set/pairing.h"

#include "set/pairing-groups.h"
#include "set/stems.h"
#include "set/text.h"

/* A group that may be called by a bucket's key. */
typedef struct {
  MsGroup *group;
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

/* --- buckets -------------------------------------------------------------------------------- */

typedef struct {
  MsPairing *pairing;
  gboolean fold;
  GHashTable *by_key; /* key -> its bucket's order plus 1 */
  GArray *buckets;    /* Bucket */
  GArray *members;    /* Member */
  GString *scratch;
} Index;

static void
index_init(Index *index, MsPairing *pairing, gboolean fold)
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
index_add(Index *index, const char *key, gsize length, MsGroup *group, gboolean whole)
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
index_add_group(Index *index, MsGroup *group)
{
  for (const MsGroupItem *item = group->items; item; item = item->next) {
    const MsRole *role = ms_pairing_role(index->pairing, item->role);
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
    if (member->group->items && !ms_group_is_complete(index->pairing, member->group))
      g_ptr_array_add(members, member);
    next = member->next;
  }
  g_ptr_array_sort(members, compare_members);
  return members;
}

/* Groups that could be scored as they are compete with each other: only one of them may stay, and
 * only when it is the one that bears the key, or alone. */
static MsGroup *
take_scoreable(const MsPairing *pairing, GPtrArray *members)
{
  guint n = 0, n_whole = 0;
  MsGroup *only = NULL, *whole = NULL;
  for (guint i = members->len; i-- > 0;) {
    const Member *member = g_ptr_array_index(members, i);
    if (!ms_group_is_scoreable(pairing, member->group))
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
count_roles(const MsPairing *pairing, const GPtrArray *members)
{
  guint n = 0;
  for (guint role = 0; role < pairing->n_roles; role++)
    for (guint i = 0; i < members->len; i++) {
      const Member *member = g_ptr_array_index(members, i);
      if (ms_group_has_role(member->group, role)) {
        n++;
        break;
      }
    }
  return n;
}

/* The group that the others' files are added to: the one called by the key, or a new one. NULL:
 * there is nothing to merge, or two groups claim the same role and neither can go first. */
static MsGroup *
take_nucleus(MsPairing *pairing, GPtrArray *members, const char *name)
{
  MsGroup *scoreable = take_scoreable(pairing, members);
  const Member *first = members->len ? g_ptr_array_index(members, 0) : NULL;
  const Member *second = members->len > 1 ? g_ptr_array_index(members, 1) : NULL;
  /* With case folded, several groups may bear the key: then none goes before the others. */
  if (first && first->whole && !(second && second->whole)) {
    MsGroup *base = first->group;
    if (scoreable && ms_groups_overlap(base, scoreable))
      return NULL;
    g_ptr_array_remove_index(members, 0);
    if (scoreable)
      ms_group_move(scoreable, base, G_MAXUINT);
    return base;
  }
  if (scoreable)
    return scoreable;
  return count_roles(pairing, members) > 1 ? ms_group_new(pairing, name) : NULL;
}

/* Adds the files that others offer for a role that the nucleus lacks: those of groups called by the
 * key before the rest. More than one makes the role ambiguous. */
static void
take_role(MsGroup *nucleus, const GPtrArray *members, guint role)
{
  for (int whole = 1; whole >= 0 && !ms_group_has_role(nucleus, role); whole--)
    for (guint i = 0; i < members->len; i++) {
      const Member *member = g_ptr_array_index(members, i);
      if (member->whole == whole)
        ms_group_move(member->group, nucleus, role);
    }
}

static gboolean
has_one_stem(const MsGroup *group)
{
  for (const MsGroupItem *item = group->items; item; item = item->next)
    if (strcmp(item->file->stem, group->items->file->stem) != 0)
      return FALSE;
  return TRUE;
}

/* The key as the first member's first file spells it; the key itself where case was not folded. */
static const char *
spell_key(MsPairing *pairing, const Bucket *bucket, const GPtrArray *members)
{
  const MsGroup *group = ((const Member *)g_ptr_array_index(members, 0))->group;
  const char *stem = group->items->file->stem;
  const MsRole *role = ms_pairing_role(pairing, group->items->role);
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
  MsPairing *pairing = index->pairing;
  g_autoptr(GPtrArray) members = collect_members(index, bucket);
  if (members->len < 2 || count_roles(pairing, members) < 2)
    return;
  const char *name = index->fold ? spell_key(pairing, bucket, members) : bucket->key;
  const MsGroup *bearer = ms_pairing_find(pairing, name);
  if (bearer && ms_group_is_complete(pairing, bearer))
    return; /* the example of this name has all it needs */
  MsGroup *nucleus = take_nucleus(pairing, members, name);
  if (!nucleus)
    return;
  for (guint role = 0; role < pairing->n_roles; role++)
    if (!ms_group_has_role(nucleus, role))
      take_role(nucleus, members, role);
  if (!has_one_stem(nucleus)) {
    nucleus->name = name;
    nucleus->merged = TRUE;
  }
}

static gboolean
merge_by_forms(MsPairing *pairing, gboolean fold, GError **error)
{
  Index index;
  index_init(&index, pairing, fold);
  gboolean fine = TRUE;
  for (guint i = 0; fine && i < pairing->groups->len; i++) {
    MsGroup *group = g_ptr_array_index(pairing->groups, i);
    if (group->items && !ms_group_is_complete(pairing, group))
      index_add_group(&index, group);
    fine = !g_cancellable_set_error_if_cancelled(pairing->cancellable, error);
  }
  index_sort(&index);
  for (guint i = 0; fine && i < index.buckets->len; i++) {
    merge_bucket(&index, &g_array_index(index.buckets, Bucket, i));
    fine = !g_cancellable_set_error_if_cancelled(pairing->cancellable, error);
  }
  index_clear(&index);
  return fine;
}

gboolean
ms_pair_roles(const MsRoles *roles, MsInventory *inventory, GCancellable *cancellable,
              GError **error)
{
  MsPairing pairing = {.roles = roles,
                       .n_roles = roles->roles->len,
                       .strings = inventory->strings,
                       .cancellable = cancellable};
  pairing.groups = g_ptr_array_new_with_free_func(g_free);
  pairing.by_stem = g_ptr_array_new();
  gboolean fine = ms_pairing_group_by_stem(&pairing, error) &&
                  merge_by_forms(&pairing, FALSE, error) && merge_by_forms(&pairing, TRUE, error) &&
                  ms_pairing_make_entries(&pairing, inventory, error);
  g_ptr_array_unref(pairing.by_stem);
  g_ptr_array_unref(pairing.groups);
  g_free(pairing.item_block);
  return fine;
}
