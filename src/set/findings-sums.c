/* SPDX-License-Identifier: MIT
 *
 * A part for the whole set and one for each split; an example is in the first, and in that of its
 * split.
 */
#include "set/findings-sums.h"

typedef struct {
  guint n_claimed;
  MsPooledCounts pooled;
  MsAnatomy anatomy;
  MsTolerantSums at[MS_REACH_MAX + 1];
} Part;

struct MsFindingsSums {
  gatomicrefcount ref_count;
  MsSet *set;
  MsEmptyRule empty;
  guint n_parts;

  GMutex lock;
  guint8 *added; /* locked: a bit an example */
  Part *parts;   /* locked */
};

MsFindingsSums *
ms_findings_sums_new(MsSet *set, MsEmptyRule empty)
{
  MsFindingsSums *sums = g_new0(MsFindingsSums, 1);

  g_atomic_ref_count_init(&sums->ref_count);
  sums->set = g_object_ref(set);
  sums->empty = empty;
  sums->n_parts = 1 + g_strv_length((GStrv)ms_set_get_splits(set));
  sums->added = g_malloc0((gsize)ms_set_get_n_examples(set) / 8 + 1);
  sums->parts = g_new0(Part, sums->n_parts);
  g_mutex_init(&sums->lock);
  return sums;
}

MsFindingsSums *
ms_findings_sums_ref(MsFindingsSums *sums)
{
  g_atomic_ref_count_inc(&sums->ref_count);
  return sums;
}

void
ms_findings_sums_unref(MsFindingsSums *sums)
{
  if (!sums || !g_atomic_ref_count_dec(&sums->ref_count))
    return;
  g_object_unref(sums->set);
  g_free(sums->added);
  g_free(sums->parts);
  g_mutex_clear(&sums->lock);
  g_free(sums);
}

/* The part of a split; n_parts: there is none. */
static guint
find_part(const MsFindingsSums *sums, const char *split)
{
  const char *const *splits = ms_set_get_splits(sums->set);

  if (!split)
    return 0;
  for (guint i = 0; splits[i]; i++)
    if (g_str_equal(splits[i], split))
      return i + 1;
  return sums->n_parts;
}

/* --- adding ----------------------------------------------------------------------------------- */

static void
add_to_part(const MsFindingsSums *sums, Part *part, const MsFindings *findings)
{
  part->n_claimed++;
  if (!findings)
    return;
  part->pooled.n_counted += findings->n_counted;
  ms_counts_add(&part->pooled.counts, &findings->counts);
  for (guint i = 0; i < MS_N_ERRORS; i++)
    ms_mend_add(&part->anatomy.errors[i], &findings->anatomy.errors[i]);
  for (guint k = 0; k <= MS_REACH_MAX; k++) {
    MsTolerantCounts counts = {.counts = ms_findings_counts_at(findings, k),
                               .n_counted = findings->n_counted,
                               .exact = ms_findings_is_exact_at(findings, k)};

    ms_tolerant_sums_add(&part->at[k], &counts, sums->empty);
  }
}

static void
take_off_part(const MsFindingsSums *sums, Part *part, const MsFindings *findings)
{
  part->n_claimed--;
  if (!findings)
    return;
  part->pooled.n_counted -= findings->n_counted;
  ms_counts_subtract(&part->pooled.counts, &findings->counts);
  for (guint i = 0; i < MS_N_ERRORS; i++) {
    MsMend *sum = &part->anatomy.errors[i];

    sum->pixels -= findings->anatomy.errors[i].pixels;
    sum->fp -= findings->anatomy.errors[i].fp;
    sum->fn -= findings->anatomy.errors[i].fn;
  }
  for (guint k = 0; k <= MS_REACH_MAX; k++) {
    MsTolerantCounts counts = {.counts = ms_findings_counts_at(findings, k),
                               .n_counted = findings->n_counted,
                               .exact = ms_findings_is_exact_at(findings, k)};

    ms_tolerant_sums_remove(&part->at[k], &counts, sums->empty);
  }
}

static gboolean
is_added(const MsFindingsSums *sums, guint example)
{
  return sums->added[example / 8] >> example % 8 & 1;
}

gboolean
ms_findings_sums_add(MsFindingsSums *sums, guint example, const MsFindings *findings)
{
  const char *split = ms_set_get_split(sums->set, example);
  guint part = find_part(sums, split);
  gboolean is_first;

  g_mutex_lock(&sums->lock);
  is_first = !is_added(sums, example);
  sums->added[example / 8] |= (guint8)(1u << example % 8);
  if (is_first)
    add_to_part(sums, &sums->parts[0], findings);
  if (is_first && split && part < sums->n_parts)
    add_to_part(sums, &sums->parts[part], findings);
  g_mutex_unlock(&sums->lock);
  return is_first;
}

void
ms_findings_sums_remove(MsFindingsSums *sums, guint example, const MsFindings *findings)
{
  const char *split = ms_set_get_split(sums->set, example);
  guint part = find_part(sums, split);

  g_mutex_lock(&sums->lock);
  if (is_added(sums, example)) {
    sums->added[example / 8] &= (guint8) ~(1u << example % 8);
    take_off_part(sums, &sums->parts[0], findings);
    if (split && part < sums->n_parts)
      take_off_part(sums, &sums->parts[part], findings);
  }
  g_mutex_unlock(&sums->lock);
}

gboolean
ms_findings_sums_has(MsFindingsSums *sums, guint example)
{
  gboolean has;

  g_mutex_lock(&sums->lock);
  has = is_added(sums, example);
  g_mutex_unlock(&sums->lock);
  return has;
}

/* --- asking ----------------------------------------------------------------------------------- */

static gboolean
copy_part(MsFindingsSums *sums, const char *split, Part *part)
{
  guint index = find_part(sums, split);

  if (index == sums->n_parts)
    return FALSE;
  g_mutex_lock(&sums->lock);
  *part = sums->parts[index];
  g_mutex_unlock(&sums->lock);
  return TRUE;
}

guint
ms_findings_sums_count_claimed(MsFindingsSums *sums, const char *split)
{
  Part part;

  return copy_part(sums, split, &part) ? part.n_claimed : 0;
}

gboolean
ms_findings_sums_get_anatomy(MsFindingsSums *sums, const char *split, MsAnatomy *anatomy,
                             MsPooledCounts *pooled, guint *n_examples)
{
  Part part;

  if (!copy_part(sums, split, &part))
    return FALSE;
  *anatomy = part.anatomy;
  if (pooled)
    *pooled = part.pooled;
  if (n_examples)
    *n_examples = (guint)part.at[0].n_examples;
  return TRUE;
}

gboolean
ms_findings_sums_get_scores(MsFindingsSums *sums, const char *split, guint k,
                            MsTolerantScores *scores, guint *n_examples)
{
  Part part;

  g_return_val_if_fail(k <= MS_REACH_MAX, FALSE);
  if (!copy_part(sums, split, &part))
    return FALSE;
  ms_tolerant_sums_get_scores(&part.at[k], sums->empty, scores);
  if (n_examples)
    *n_examples = (guint)part.at[0].n_examples;
  return TRUE;
}
