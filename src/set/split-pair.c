/* SPDX-License-Identifier: MIT
 *
 * A split of that very name is it, whatever else is spelt like it; else the only other spelling.
 */
#include "set/split-pair.h"

#include "set/describe.h"
#include "set/inventory.h"

static void
find_role(MsSet *set, const char *normal, MsSplitRole *role)
{
  const char *const *splits = ms_set_get_splits(set);
  const char *first = NULL, *second = NULL;

  *role = (MsSplitRole){NULL};
  for (guint i = 0; splits[i]; i++) {
    if (g_str_equal(splits[i], normal)) {
      role->name = splits[i];
      return;
    }
    if (g_strcmp0(ms_split_normalize(splits[i]), normal) != 0)
      continue;
    if (!first)
      first = splits[i];
    else if (!second)
      second = splits[i];
  }
  if (second)
    role->unclear = g_strdup_printf("Both %s and %s could be the split %s.", first, second, normal);
  else
    role->name = first;
}

static GHashTable *
groups_of(MsSet *set, const char *split)
{
  GHashTable *groups = g_hash_table_new(g_str_hash, g_str_equal);
  guint n_examples;
  const guint *examples = ms_set_get_split_examples(set, split, &n_examples);

  for (guint i = 0; i < n_examples; i++) {
    const char *group = ms_set_get_group(set, examples[i]);

    if (group)
      g_hash_table_add(groups, (gpointer)group);
  }
  return groups;
}

static guint
count_shared(MsSet *set, const char *one, const char *other)
{
  g_autoptr(GHashTable) groups = groups_of(set, one);
  g_autoptr(GHashTable) others = groups_of(set, other);
  GHashTableIter iter;
  gpointer group;
  guint n = 0;

  g_hash_table_iter_init(&iter, groups);
  while (g_hash_table_iter_next(&iter, &group, NULL))
    n += g_hash_table_contains(others, group);
  return n;
}

static char *
describe_overlap(MsSet *set, const char *training, const char *validation)
{
  guint n_shared = ms_set_get_groups(set)[0] ? count_shared(set, training, validation) : 0;
  g_autofree char *n = ms_describe_count(n_shared);

  if (n_shared == 0)
    return NULL;
  return g_strdup_printf("%s %s in both %s and %s, so neither is evidence against the other: make "
                         "a split that keeps groups whole.",
                         n, n_shared == 1 ? "group is" : "groups are", training, validation);
}

void
ms_split_pair_init(MsSplitPair *pair, MsSet *set)
{
  *pair = (MsSplitPair){.overlap = NULL};
  find_role(set, "train", &pair->training);
  find_role(set, "val", &pair->validation);
  if (!pair->validation.name && !pair->validation.unclear)
    find_role(set, "test", &pair->validation);
  if (pair->training.name && pair->validation.name)
    pair->overlap = describe_overlap(set, pair->training.name, pair->validation.name);
}

void
ms_split_pair_clear(MsSplitPair *pair)
{
  g_free(pair->training.unclear);
  g_free(pair->validation.unclear);
  g_free(pair->overlap);
}
