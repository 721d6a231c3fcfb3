/* SPDX-License-Identifier: MIT
 *
 * Examples are taken by their largest region, so that, once there are steps enough, those whose
 * largest is smaller than all of them are never unpacked. What was gathered is cut down to the
 * largest whenever it is twice as much as is kept.
 */
#include "set/walk.h"

#include "set/describe.h"
#include "set/radix.h"

/* Examples between two looks at the cancellable. */
#define STRIDE 256

typedef struct {
  const MsFindingsTable *table;
  guint max_steps;
  GArray *steps;
  guint64 least;    /* what is smaller is not kept any more */
  guint64 unlisted; /* no region that is not listed anywhere is larger */
  MsWalk *walk;
} Gathering;

/* By pixels descending, then example, then rank. */
static int
compare_steps(gconstpointer a, gconstpointer b)
{
  const MsStep *one = a, *other = b;

  if (one->pixels != other->pixels)
    return one->pixels > other->pixels ? -1 : 1;
  if (one->example != other->example)
    return one->example < other->example ? -1 : 1;
  return (one->rank > other->rank) - (one->rank < other->rank);
}

static void
cut(Gathering *gathering)
{
  GArray *steps = gathering->steps;

  g_array_sort(steps, compare_steps);
  if (steps->len <= gathering->max_steps)
    return;
  g_array_set_size(steps, gathering->max_steps);
  gathering->least = g_array_index(steps, MsStep, steps->len - 1).pixels;
}

/* One as small as the least is looked at: it may be of an example that goes first. */
static void
gather(Gathering *gathering, guint example)
{
  MsFindings findings;

  if (!ms_findings_table_read(gathering->table, example, &findings))
    return;
  for (guint i = 0; i < findings.n_listed; i++) {
    MsStep step = {findings.regions[i].mend.pixels, example, i};

    if (step.pixels < gathering->least)
      break;
    g_array_append_val(gathering->steps, step);
  }
  if (findings.n_regions > findings.n_listed)
    gathering->unlisted =
        MAX(gathering->unlisted, findings.regions[findings.n_listed - 1].mend.pixels);
  if (gathering->steps->len >= 2 * (gsize)gathering->max_steps)
    cut(gathering);
}

/* Those that have regions, the largest first; NULL: cancelled. */
static MsKeyed *
sort_examples(Gathering *gathering, MsKeyed *items, MsKeyed *scratch, guint *n_items,
              GCancellable *cancellable)
{
  guint n = 0;

  for (guint i = 0; i < ms_findings_table_n_examples(gathering->table); i++) {
    const MsFoundRecord *record = ms_findings_table_get(gathering->table, i);

    gathering->walk->n_waiting += record->status == MS_FOUND_WAITING;
    gathering->walk->n_examples += record->status == MS_FOUND_OK;
    if (record->status == MS_FOUND_OK && record->n_regions > 0)
      items[n++] = (MsKeyed){~(guint64)record->largest, i};
  }
  *n_items = n;
  return ms_radix_sort(items, scratch, n, cancellable);
}

/* A region that was cut off may be as large as the last one that was not. */
static void
finish(Gathering *gathering)
{
  MsWalk *walk = gathering->walk;

  cut(gathering);
  walk->exact_down_to = 1 + MAX(gathering->unlisted, gathering->least);
  walk->n_steps = gathering->steps->len;
  walk->steps = g_memdup2(gathering->steps->data, walk->n_steps * sizeof *walk->steps);
}

static gboolean
gather_all(Gathering *gathering, GCancellable *cancellable)
{
  guint n = ms_findings_table_n_examples(gathering->table), n_items;
  g_autofree MsKeyed *items = g_new(MsKeyed, MAX(n, 1));
  g_autofree MsKeyed *scratch = g_new(MsKeyed, MAX(n, 1));
  MsKeyed *sorted = sort_examples(gathering, items, scratch, &n_items, cancellable);

  if (!sorted)
    return FALSE;
  for (guint i = 0; i < n_items && ~sorted[i].key >= gathering->least; i++) {
    if (i % STRIDE == 0 && g_cancellable_is_cancelled(cancellable))
      return FALSE;
    gather(gathering, sorted[i].index);
  }
  finish(gathering);
  return TRUE;
}

static MsWalk *
walk_new(void)
{
  MsWalk *walk = g_new0(MsWalk, 1);

  g_atomic_ref_count_init(&walk->ref_count);
  return walk;
}

MsWalk *
ms_walk_new(const MsFindingsTable *table, guint max_steps, GCancellable *cancellable,
            GError **error)
{
  g_autoptr(MsWalk) walk = walk_new();
  g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(MsStep));
  Gathering gathering = {.table = table, .max_steps = max_steps, .steps = steps, .walk = walk};

  if (!gather_all(&gathering, cancellable)) {
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
    return NULL;
  }
  return g_steal_pointer(&walk);
}

MsWalk *
ms_walk_ref(MsWalk *walk)
{
  g_atomic_ref_count_inc(&walk->ref_count);
  return walk;
}

void
ms_walk_unref(MsWalk *walk)
{
  if (!walk || !g_atomic_ref_count_dec(&walk->ref_count))
    return;
  g_free(walk->steps);
  g_free(walk);
}

gboolean
ms_walk_is_whole(const MsWalk *walk)
{
  return walk->exact_down_to <= 1 && walk->n_waiting == 0;
}

char *
ms_walk_describe(const MsWalk *walk)
{
  g_autofree char *n_steps = ms_describe_count(walk->n_steps);
  g_autofree char *pixels = ms_describe_count(walk->exact_down_to);
  g_autofree char *n_waiting = ms_describe_count(walk->n_waiting);
  GString *text = g_string_new(NULL);

  g_string_printf(text, "the %s %sregion%s of the set", n_steps,
                  walk->exact_down_to > 1 ? "largest " : "", walk->n_steps == 1 ? "" : "s");
  if (walk->exact_down_to > 1)
    g_string_append_printf(text, ", all of at least %s px among them", pixels);
  if (walk->n_waiting > 0)
    g_string_append_printf(text, "; %s example%s not looked through yet", n_waiting,
                           walk->n_waiting == 1 ? " is" : "s are");
  return g_string_free(text, FALSE);
}

guint
ms_walk_find(const MsWalk *walk, guint64 pixels, guint example, guint rank)
{
  const MsStep wanted = {pixels, example, rank};
  guint first = 0, end = walk->n_steps;

  while (first < end) {
    guint middle = first + (end - first) / 2;

    if (compare_steps(&walk->steps[middle], &wanted) < 0)
      first = middle + 1;
    else
      end = middle;
  }
  return first;
}
