/* SPDX-License-Identifier: MIT
 *
 * The joints of all pairs in one, from which ignored pixels are taken out.
 */
#include "set/check-id-uses.h"

#include "set/compare-ids.h"
#include "set/pair.h"

/* Objects of one example that no set of classes has as many of; fewer ids are taken for classes. */
#define MANY_OBJECTS 16

static const MsCell *
cells_of(const MsCheckPair *pair, size_t *n_cells)
{
  const MsCell *cells = NULL;

  *n_cells = 0;
  if (pair->status != MS_RESULT_OK || !pair->joint ||
      ms_joint_cells(pair->joint, &cells, n_cells) != MS_STATUS_OK)
    return NULL;
  return cells;
}

/* --- ids ------------------------------------------------------------------------------------ */

static void
add_id(GHashTable *seen, GArray *uses, guint32 id)
{
  MsIdUse use = {.id = id};

  if (g_hash_table_add(seen, GUINT_TO_POINTER(id)))
    g_array_append_val(uses, use);
}

static MsIdUse *
use_of(const MsIdUses *uses, guint32 id)
{
  guint at;
  MsIdUse wanted = {.id = id};

  if (!g_array_binary_search(uses->uses, &wanted, ms_compare_ids, &at))
    return NULL;
  return &g_array_index(uses->uses, MsIdUse, at);
}

static void
list_ids(MsIdUses *uses, const MsCell *cells, size_t n_cells)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

  for (size_t i = 0; i < n_cells; i++) {
    add_id(seen, uses->uses, cells[i].actual);
    if (!ms_rules_is_ignored(uses->rules, cells[i].actual))
      add_id(seen, uses->uses, cells[i].predicted);
  }
  g_array_sort(uses->uses, ms_compare_ids);
}

static void
count_cells(MsIdUses *uses, const MsCell *cells, size_t n_cells)
{
  for (size_t i = 0; i < n_cells; i++) {
    MsIdUse *actual = use_of(uses, cells[i].actual);

    if (ms_rules_is_ignored(uses->rules, cells[i].actual)) {
      actual->n_ignored += cells[i].count;
      continue;
    }
    actual->n_actual += cells[i].count;
    use_of(uses, cells[i].predicted)->n_predicted += cells[i].count;
    uses->n_counted += cells[i].count;
    g_array_append_val(uses->cells, cells[i]);
  }
}

/* The actual ids of one pair. */
static void
count_example(MsIdUses *uses, const MsCell *cells, size_t n_cells)
{
  for (size_t i = 0; i < n_cells; i++)
    if ((i == 0 || cells[i].actual != cells[i - 1].actual) &&
        !ms_rules_is_ignored(uses->rules, cells[i].actual))
      use_of(uses, cells[i].actual)->n_examples++;
}

/* --- pairs ---------------------------------------------------------------------------------- */

/* The n of actual ids 1 to n and no others but 0; 0: they are not so. */
static guint
count_numbered(const MsCell *cells, size_t n_cells)
{
  guint32 last = 0;

  for (size_t i = 0; i < n_cells; i++) {
    if (cells[i].actual == last)
      continue;
    if (cells[i].actual != last + 1)
      return 0;
    last++;
  }
  return last;
}

/* Whether each example's ids go from 1 to as many as there are, and there are many: so objects are
 * numbered, and the same id is another thing in every example. */
static gboolean
is_numbered(const MsIdUses *uses)
{
  guint fewest = G_MAXUINT, most = 0;

  for (guint i = 0; i < uses->evidence->n_examples; i++) {
    size_t n_cells;
    const MsCell *cells = cells_of(&uses->evidence->examples[i].pairs[uses->model], &n_cells);
    guint n = count_numbered(cells, n_cells);

    if (n_cells == 0 || cells[n_cells - 1].actual == 0)
      continue;
    if (n == 0)
      return FALSE;
    fewest = MIN(fewest, n);
    most = MAX(most, n);
  }
  return most > MANY_OBJECTS && (most > fewest || uses->n_pairs == 1);
}

static MsJoint *
pool(MsIdUses *uses)
{
  MsJoint *joint = NULL;

  if (ms_joint_new(&joint) != MS_STATUS_OK)
    return NULL;
  for (guint i = 0; i < uses->evidence->n_examples; i++) {
    const MsCheckPair *pair = &uses->evidence->examples[i].pairs[uses->model];

    if (pair->status == MS_RESULT_OK && pair->joint)
      uses->n_pairs += ms_joint_merge(joint, pair->joint) == MS_STATUS_OK;
  }
  return joint;
}

static void
fill(MsIdUses *uses, MsJoint *joint)
{
  const MsCell *cells;
  size_t n_cells;

  if (ms_joint_cells(joint, &cells, &n_cells) != MS_STATUS_OK)
    return;
  list_ids(uses, cells, n_cells);
  count_cells(uses, cells, n_cells);
  for (guint i = 0; i < uses->evidence->n_examples; i++) {
    cells = cells_of(&uses->evidence->examples[i].pairs[uses->model], &n_cells);
    count_example(uses, cells, n_cells);
  }
  uses->numbered = !ms_set_get_classes(uses->evidence->set) && is_numbered(uses);
}

gboolean
ms_id_uses_init(MsIdUses *uses, const MsCheckEvidence *evidence, guint model)
{
  MsJoint *joint;

  *uses = (MsIdUses){.evidence = evidence,
                     .model = model,
                     .rules = &ms_set_get_rules(evidence->set, model)->rules,
                     .uses = g_array_new(FALSE, TRUE, sizeof(MsIdUse)),
                     .cells = g_array_new(FALSE, FALSE, sizeof(MsCell))};
  if (uses->rules->comparison != MS_COMPARE_CLASSES)
    return FALSE;
  joint = pool(uses);
  if (joint && uses->n_pairs > 0)
    fill(uses, joint);
  ms_joint_free(joint);
  return uses->n_counted > 0;
}

void
ms_id_uses_clear(MsIdUses *uses)
{
  g_clear_pointer(&uses->uses, g_array_unref);
  g_clear_pointer(&uses->cells, g_array_unref);
}

/* --- questions ------------------------------------------------------------------------------ */

const MsIdUse *
ms_id_uses_find(const MsIdUses *uses, guint32 id)
{
  return use_of(uses, id);
}

static gint
compare_cells(gconstpointer a, gconstpointer b)
{
  const MsCell *one = a, *other = b;

  if (one->actual != other->actual)
    return one->actual < other->actual ? -1 : 1;
  return (one->predicted > other->predicted) - (one->predicted < other->predicted);
}

guint64
ms_id_uses_pixels(const MsIdUses *uses, guint32 actual, guint32 predicted)
{
  MsCell wanted = {.actual = actual, .predicted = predicted};
  guint at;

  if (!g_array_binary_search(uses->cells, &wanted, compare_cells, &at))
    return 0;
  return g_array_index(uses->cells, MsCell, at).count;
}

double
ms_id_uses_iou(const MsIdUses *uses, guint32 actual, guint32 predicted)
{
  const MsIdUse *one = use_of(uses, actual), *other = use_of(uses, predicted);
  guint64 both = ms_id_uses_pixels(uses, actual, predicted), all;

  if (!one || !other)
    return 0;
  all = one->n_actual + other->n_predicted - both;
  return all > 0 ? (double)both / (double)all : 0;
}

gboolean
ms_id_uses_is_background(const MsIdUses *uses, guint32 id)
{
  return uses->rules->background >= 0 && (guint32)uses->rules->background == id;
}
