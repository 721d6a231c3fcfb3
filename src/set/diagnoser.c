/* SPDX-License-Identifier: MIT
 *
 * Files are looked at before they are read, as the scorer does. The store's signature is made with
 * the first example that is looked at: rules that nobody wanted findings of leave no trace in it.
 */
#include "set/diagnoser-private.h"

#include "set/control.h"
#include "set/masks.h"
#include "set/signature.h"
#include "set/store.h"

/* Of files that change while they are read. */
#define MAX_READS 4

/* Of one set of rules. */
#define HEAP_BYTES (G_GUINT64_CONSTANT(128) << 20)

struct MsDiagnoser {
  gatomicrefcount ref_count;
  MsSet *set;
  guint model;
  MsRuleset *rules;
  MsScorer *scorer;
  MsStoreSignature *signature; /* once; NULL: no store */
  gsize has_signature;         /* of g_once_init_enter() */
  MsResultsHeap *heap;
  MsFindingsSums *sums;
  guint64 n_stored; /* atomic */
  guint64 n_read;   /* atomic */
};

MsDiagnoser *
ms_diagnoser_new(MsSet *set, guint model, MsRuleset *rules, MsScorer *scorer)
{
  MsDiagnoser *diagnoser = g_new0(MsDiagnoser, 1);

  g_atomic_ref_count_init(&diagnoser->ref_count);
  diagnoser->set = g_object_ref(set);
  diagnoser->model = model;
  diagnoser->rules = ms_ruleset_ref(rules);
  diagnoser->scorer = ms_scorer_ref(scorer);
  diagnoser->heap = ms_results_heap_new(HEAP_BYTES);
  diagnoser->sums = ms_findings_sums_new(set, rules->rules.empty);
  return diagnoser;
}

MsDiagnoser *
ms_diagnoser_ref(MsDiagnoser *diagnoser)
{
  g_atomic_ref_count_inc(&diagnoser->ref_count);
  return diagnoser;
}

void
ms_diagnoser_unref(MsDiagnoser *diagnoser)
{
  if (!diagnoser || !g_atomic_ref_count_dec(&diagnoser->ref_count))
    return;
  ms_findings_sums_unref(diagnoser->sums);
  ms_results_heap_unref(diagnoser->heap);
  ms_scorer_unref(diagnoser->scorer);
  ms_ruleset_unref(diagnoser->rules);
  g_object_unref(diagnoser->set);
  g_free(diagnoser);
}

MsRuleset *
ms_diagnoser_get_rules(MsDiagnoser *diagnoser)
{
  return diagnoser->rules;
}

MsResultsHeap *
ms_diagnoser_get_heap(MsDiagnoser *diagnoser)
{
  return diagnoser->heap;
}

MsFindingsSums *
ms_diagnoser_get_sums(MsDiagnoser *diagnoser)
{
  return diagnoser->sums;
}

void
ms_diagnoser_get_sources(MsDiagnoser *diagnoser, guint64 *n_stored, guint64 *n_read)
{
  *n_stored = __atomic_load_n(&diagnoser->n_stored, __ATOMIC_RELAXED);
  *n_read = __atomic_load_n(&diagnoser->n_read, __ATOMIC_RELAXED);
}

/* --- the store -------------------------------------------------------------------------------- */

/* NULL: no store. */
static MsStoreSignature *
use_signature(MsDiagnoser *diagnoser)
{
  if (g_once_init_enter(&diagnoser->has_signature)) {
    MsStore *store = ms_scorer_get_store(diagnoser->scorer);

    if (store) {
      MsHash hash = ms_signature_of_findings(diagnoser->set, diagnoser->model, diagnoser->rules);

      diagnoser->signature = ms_store_use(store, &hash);
    }
    g_once_init_leave(&diagnoser->has_signature, 1);
  }
  return diagnoser->signature;
}

static gboolean
find(MsDiagnoser *diagnoser, guint example, const MsStamp *stamp, MsFindings *findings,
     MsPacked **packed)
{
  MsStoreSignature *signature = use_signature(diagnoser);
  g_auto(MsStoreRow) row = {0};

  if (!signature ||
      !ms_store_find(ms_scorer_get_store(diagnoser->scorer), signature,
                     ms_set_get_id(diagnoser->set, example), stamp, &row) ||
      !row.packed || !ms_findings_unpack(findings, row.packed) || findings->width != row.width ||
      findings->height != row.height)
    return FALSE;
  *packed = g_steal_pointer(&row.packed);
  __atomic_add_fetch(&diagnoser->n_stored, 1, __ATOMIC_RELAXED);
  return TRUE;
}

static void
keep(MsDiagnoser *diagnoser, guint example, const MsStamp *stamp, const MsFindings *findings,
     MsPacked *packed, gboolean wait)
{
  MsStoreSignature *signature = use_signature(diagnoser);
  MsStoreRow row = {
      .stamp = *stamp, .width = findings->width, .height = findings->height, .packed = packed};

  if (signature && ms_stamp_is_known(stamp))
    ms_store_put(ms_scorer_get_store(diagnoser->scorer), signature,
                 ms_set_get_id(diagnoser->set, example), &row, wait);
}

/* --- the pixels ------------------------------------------------------------------------------- */

typedef enum { FOUND, NOTHING, CANCELLED } Outcome;

/* Of masks that were scored. */
static Outcome
diagnose(MsDiagnoser *diagnoser, const MsMasks *masks, const MsResult *result,
         const MsConfusion *confusion, GCancellable *cancellable, MsFindings *findings,
         MsStatus *status)
{
  const MsKindsSource source = {.rules = &diagnoser->rules->rules,
                                .actual = &masks->actual.raster,
                                .predicted = &masks->predicted.raster,
                                .actual_stacks = result->actual_stacks,
                                .predicted_stacks = result->predicted_stacks,
                                .focus = MS_FOCUS_ALL};
  MsControl control = ms_control_for(cancellable);
  MsCounts counts = ms_confusion_counts(confusion);
  MsDiagnosis diagnosis = {0};

  *status = ms_diagnosis_init(&diagnosis, &source, FALSE, &control);
  if (*status != MS_STATUS_OK)
    return *status == MS_STATUS_CANCELLED ? CANCELLED : NOTHING;
  ms_findings_init(findings, &diagnosis, result->width, result->height, &counts,
                   ms_confusion_counted(confusion), ms_confusion_has_tn(confusion));
  ms_diagnosis_clear(&diagnosis);
  return FOUND;
}

/* Masks that cannot be compared are told of by their result. *status: what else went wrong. */
static Outcome
diagnose_masks(MsDiagnoser *diagnoser, MsExample *example, guint index, MsMasks *masks,
               GCancellable *cancellable, MsFindings *findings, MsStatus *status)
{
  g_autoptr(MsResult) result = NULL;
  g_autoptr(MsConfusion) confusion = NULL;

  if (masks->status != MS_RESULT_OK)
    return NOTHING;
  result = ms_masks_score(masks, diagnoser->set, example, diagnoser->model, cancellable, NULL);
  if (!result)
    return CANCELLED;
  if (result->status != MS_RESULT_OK)
    return NOTHING;
  confusion =
      ms_result_confusion(result, diagnoser->set, index, diagnoser->model, diagnoser->rules, NULL);
  if (!confusion)
    return NOTHING;
  return diagnose(diagnoser, masks, result, confusion, cancellable, findings, status);
}

static Outcome
read_pixels(MsDiagnoser *diagnoser, guint index, MsScratch *scratch, GCancellable *cancellable,
            MsFindings *findings, MsStatus *status)
{
  g_autoptr(MsExample) example = ms_set_dup_example(diagnoser->set, index);
  g_auto(MsMasks) masks = {0};

  if (!ms_masks_load(&masks, diagnoser->set, example, diagnoser->model, scratch, cancellable, NULL))
    return CANCELLED;
  __atomic_add_fetch(&diagnoser->n_read, 1, __ATOMIC_RELAXED);
  return diagnose_masks(diagnoser, example, index, &masks, cancellable, findings, status);
}

/* --- one example ------------------------------------------------------------------------------ */

static void
take(MsDiagnoser *diagnoser, guint example, const MsFindings *findings, MsPacked *packed,
     MsFoundItem *item)
{
  *item = (MsFoundItem){.example = example};
  item->is_repeat = !ms_findings_sums_add(diagnoser->sums, example, findings);
  if (item->is_repeat)
    return;
  ms_found_record_set(&item->record, findings);
  item->place = ms_results_heap_add(diagnoser->heap, packed);
}

static void
take_nothing(MsDiagnoser *diagnoser, guint example, MsStatus status, MsFoundItem *item)
{
  g_autofree char *message = NULL;

  *item = (MsFoundItem){.example = example, .record = {.status = MS_FOUND_NOTHING}};
  item->is_repeat = !ms_findings_sums_add(diagnoser->sums, example, NULL);
  if (status == MS_STATUS_OK)
    return;
  message = g_strdup_printf("%s: its error regions could not be found: %s",
                            ms_set_get_id(diagnoser->set, example), ms_status_string(status));
  item->message = ms_results_heap_add_text(diagnoser->heap, message);
}

/* FALSE: there are none, whatever the pixels are; or it was done already. */
static gboolean
is_to_be_read(MsDiagnoser *diagnoser, guint example, MsFoundItem *item)
{
  if (ms_findings_sums_has(diagnoser->sums, example))
    *item = (MsFoundItem){.example = example, .is_repeat = TRUE};
  else if (ms_set_get_problem(diagnoser->set, example, diagnoser->model))
    take_nothing(diagnoser, example, MS_STATUS_OK, item);
  else
    return TRUE;
  return FALSE;
}

/* Files that change while they are read are read again. *stamp: of what was read; unknown where
 * they never rested. */
static Outcome
read_whole(MsDiagnoser *diagnoser, guint example, MsScratch *scratch, GCancellable *cancellable,
           MsFindings *findings, MsStatus *status, MsStamp *stamp)
{
  MsSight before, after;
  Outcome outcome = NOTHING;

  ms_stamp_see(diagnoser->set, example, diagnoser->model, &before);
  for (guint i = 0; i < MAX_READS; i++, before = after) {
    *status = MS_STATUS_OK;
    outcome = read_pixels(diagnoser, example, scratch, cancellable, findings, status);
    ms_stamp_see(diagnoser->set, example, diagnoser->model, &after);
    *stamp = before.stamp;
    if (outcome == CANCELLED || before.state == after.state)
      return outcome;
  }
  *stamp = (MsStamp){{0, 0}};
  return NOTHING;
}

gboolean
ms_diagnoser_look(MsDiagnoser *diagnoser, guint example, MsScratch *scratch,
                  GCancellable *cancellable, MsFoundItem *item)
{
  g_autoptr(MsPacked) packed = NULL;
  MsStatus status = MS_STATUS_OK;
  Outcome outcome = FOUND;
  MsFindings findings;
  MsStamp stamp;

  if (!is_to_be_read(diagnoser, example, item))
    return TRUE;
  ms_stamp_look(diagnoser->set, example, diagnoser->model, &stamp, NULL);
  if (!find(diagnoser, example, &stamp, &findings, &packed)) {
    outcome = read_whole(diagnoser, example, scratch, cancellable, &findings, &status, &stamp);
    packed = outcome == FOUND ? ms_findings_pack(&findings) : NULL;
    if (packed)
      keep(diagnoser, example, &stamp, &findings, packed, TRUE);
  }
  if (outcome == CANCELLED)
    return FALSE;
  if (packed)
    take(diagnoser, example, &findings, packed, item);
  else
    take_nothing(diagnoser, example, outcome == FOUND ? MS_STATUS_NO_MEMORY : status, item);
  return TRUE;
}

void
ms_diagnoser_take(MsDiagnoser *diagnoser, guint example, const MsFindings *findings,
                  const MsStamp *stamp, MsFoundItem *item)
{
  g_autoptr(MsPacked) packed = ms_findings_pack(findings);

  if (!packed || !ms_results_heap_has_room(diagnoser->heap, sizeof *findings)) {
    *item = (MsFoundItem){.example = example, .is_repeat = TRUE};
    return;
  }
  take(diagnoser, example, findings, packed, item);
  if (!item->is_repeat && g_atomic_pointer_get(&diagnoser->has_signature))
    keep(diagnoser, example, stamp, findings, packed, FALSE);
}

void
ms_diagnoser_take_exact(MsDiagnoser *diagnoser, guint example, const MsRecord *score,
                        MsFoundItem *item)
{
  MsFindings findings = {.counts = {.tp = score->tp, .ignored = score->ignored},
                         .n_counted = score->counted,
                         .has_tn = score->has_tn};

  if (score->has_tn)
    findings.counts.tn = score->counted - score->tp;
  *item = (MsFoundItem){.example = example, .record = {.status = MS_FOUND_OK}};
  item->is_repeat = !ms_findings_sums_add(diagnoser->sums, example, &findings);
}
