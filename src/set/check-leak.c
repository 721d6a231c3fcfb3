/* SPDX-License-Identifier: MIT
 *
 * The same image, or the same actual mask, in two splits: what a model learnt is then part of what
 * it is judged by. Files are compared by their bytes over the whole set; masks of the sample also
 * by their samples, since the same one may be written in two ways. Masks alone may be alike where
 * nothing moves from picture to picture.
 */
#include "set/check-evidence.h"
#include "set/compare-ids.h"
#include "set/describe.h"

/* Examples that are alike across splits. */
typedef struct {
  const MsCheckEvidence *evidence;
  GHashTable *examples; /* guint + 1 -> the first one of its group + 1 */
  guint n_groups;
} Alike;

static gboolean
is_across(const MsCheckEvidence *evidence, const GArray *group)
{
  const char *first = ms_set_get_split(evidence->set, g_array_index(group, guint, 0));

  for (guint i = 1; i < group->len; i++)
    if (g_strcmp0(ms_set_get_split(evidence->set, g_array_index(group, guint, i)), first) != 0)
      return TRUE;
  return FALSE;
}

static void
add_group(Alike *alike, const GArray *group)
{
  guint first = g_array_index(group, guint, 0);

  for (guint i = 0; i < group->len; i++)
    if (g_hash_table_contains(alike->examples,
                              GUINT_TO_POINTER(g_array_index(group, guint, i) + 1)))
      return;
  alike->n_groups++;
  for (guint i = 0; i < group->len; i++)
    g_hash_table_insert(alike->examples, GUINT_TO_POINTER(g_array_index(group, guint, i) + 1),
                        GUINT_TO_POINTER(first + 1));
}

static void
add_copies(Alike *alike, const MsCheckCopies *copies)
{
  for (guint i = 0; copies->groups && i < copies->groups->len; i++)
    add_group(alike, g_ptr_array_index(copies->groups, i));
}

/* Examples of the sample whose rich actual masks are alike: MsHash, lent, to GArray of guint. */
static GHashTable *
group_sample(const MsCheckEvidence *evidence)
{
  GHashTable *groups =
      g_hash_table_new_full(ms_hash_key, ms_hash_keys_equal, NULL, (GDestroyNotify)g_array_unref);

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckExample *example = &evidence->examples[i];
    GArray *group = g_hash_table_lookup(groups, &example->actual.pixels);

    if (!example->actual.rich || !ms_set_get_split(evidence->set, example->example))
      continue;
    if (!group) {
      group = g_array_new(FALSE, FALSE, sizeof(guint));
      g_hash_table_insert(groups, (gpointer)&example->actual.pixels, group);
    }
    g_array_append_val(group, example->example);
  }
  return groups;
}

static void
add_sample(Alike *alike)
{
  g_autoptr(GHashTable) groups = group_sample(alike->evidence);

  for (guint i = 0; i < alike->evidence->n_examples; i++) {
    const GArray *group = g_hash_table_lookup(groups, &alike->evidence->examples[i].actual.pixels);

    if (group && g_array_index(group, guint, 0) == alike->evidence->examples[i].example &&
        is_across(alike->evidence, group))
      add_group(alike, group);
  }
}

/* --- words ---------------------------------------------------------------------------------- */

static GArray *
sorted_examples(const Alike *alike)
{
  GArray *examples = g_array_new(FALSE, FALSE, sizeof(guint));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init(&iter, alike->examples);
  while (g_hash_table_iter_next(&iter, &key, NULL)) {
    guint example = GPOINTER_TO_UINT(key) - 1;

    g_array_append_val(examples, example);
  }
  g_array_sort(examples, ms_compare_ids);
  return examples;
}

/* The first example, and one that is like it in another split. */
static void
find_first(const Alike *alike, const GArray *examples, guint *one, guint *other)
{
  MsSet *set = alike->evidence->set;
  gpointer group;

  *one = *other = g_array_index(examples, guint, 0);
  group = g_hash_table_lookup(alike->examples, GUINT_TO_POINTER(*one + 1));
  for (guint i = 1; i < examples->len; i++) {
    *other = g_array_index(examples, guint, i);
    if (g_hash_table_lookup(alike->examples, GUINT_TO_POINTER(*other + 1)) == group &&
        g_strcmp0(ms_set_get_split(set, *one), ms_set_get_split(set, *other)) != 0)
      return;
  }
}

/* Records of annotation files are compared in the sample alone. */
static char *
describe_compared(const MsCheckEvidence *evidence, const MsCheckCopies *copies)
{
  g_autofree char *n_looked =
      ms_describe_count(copies->n_files ? copies->n_looked : evidence->n_examples);
  g_autofree char *n_all =
      ms_describe_count(copies->n_files ? copies->n_files : ms_set_get_n_examples(evidence->set));

  if (copies->n_flat > 0) {
    g_autofree char *n_flat = ms_describe_count(copies->n_flat);

    return g_strdup_printf("%s of %s were compared; %s of one colour alone are left out", n_looked,
                           n_all, n_flat);
  }
  return g_strdup_printf("%s of %s were compared", n_looked, n_all);
}

static void
add_finding(const Alike *alike, MsSureness sureness, const char *what, const MsCheckCopies *copies,
            GPtrArray *findings)
{
  MsSet *set = alike->evidence->set;
  g_autoptr(GArray) examples = sorted_examples(alike);
  g_autofree char *n = ms_describe_count(alike->n_groups);
  g_autofree char *compared = describe_compared(alike->evidence, copies);
  MsCheckFinding *finding = ms_check_add(findings, MS_CHECK_LEAK, sureness, G_MAXUINT, NULL, NULL);
  guint one, other;

  for (guint i = 0; i < examples->len; i++)
    ms_check_finding_add_example(finding, g_array_index(examples, guint, i));
  find_first(alike, examples, &one, &other);
  finding->n_looked = copies->n_files ? copies->n_looked : alike->evidence->n_examples;
  finding->title = g_strdup_printf("%s%s %s%s in more than one split",
                                   copies->n_looked < copies->n_files ? "At least " : "", n, what,
                                   alike->n_groups == 1 ? " is" : "s are");
  finding->detail = g_strdup_printf("Examples %s (%s) and %s (%s) have the same %s%s. %s.",
                                    ms_set_get_id(set, one), ms_set_get_split(set, one),
                                    ms_set_get_id(set, other), ms_set_get_split(set, other), what,
                                    alike->n_groups > 1 ? ", for one" : "", compared);
  finding->remedy = g_strdup("Leave these examples out of all splits but one.");
}

/* Where images are alike, masks are so with them, and nothing more is told by that. */
void
ms_check_leaks(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  g_autoptr(GHashTable) examples = g_hash_table_new(NULL, NULL);
  Alike alike = {.evidence = evidence, .examples = examples};
  gboolean has_images = evidence->images.n_files > 0;

  add_copies(&alike, &evidence->images);
  if (alike.n_groups > 0) {
    add_finding(&alike, MS_SURENESS_CERTAIN, "image", &evidence->images, findings);
    return;
  }
  add_copies(&alike, &evidence->actual);
  add_sample(&alike);
  if (alike.n_groups > 0)
    add_finding(&alike, has_images ? MS_SURENESS_POSSIBLE : MS_SURENESS_LIKELY, "actual mask",
                &evidence->actual, findings);
}
