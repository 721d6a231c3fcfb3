/* SPDX-License-Identifier: MIT
 *
 * Each class is looked at alone, as the viewer does it. Classes that are ids of pixels share the
 * planes of all of them, and one walk over them tells the bands of all and what is forgiven of all.
 * Background, and classes that lie together, have planes of their own, one class at a time.
 */
#include "set/measures.h"

#include <math.h>

#include "metric/boundary.h"
#include "metric/reach.h"
#include "metric/surface.h"
#include "set/control.h"
#include "set/segments.h"

/* What all steps of one example share. */
typedef struct {
  const MsMeasuredPair *pair;
  const MsMeasureRequest *request;
  MsControl control;
  MsExampleMeasures *made;
} Work;

/* Of all classes at once; each array has one item a class number. */
typedef struct {
  MsPlanes planes;  /* zeroed: classes share nothing */
  MsBands *bands;   /* NULL: not wanted */
  MsMend *forgiven; /* at the tolerance; NULL: not wanted */
} Shared;

static gboolean
wants(const Work *work, MsMeasures measures)
{
  return (work->request->wanted & measures) != 0;
}

static gboolean
has_classes(const Work *work)
{
  return ms_comparison_has_classes(work->pair->rules->rules.comparison);
}

static MsEmptyRule
empty_rule(const Work *work)
{
  return work->pair->rules->rules.empty;
}

/* --- one class against the rest --------------------------------------------------------------- */

/* Only what is wanted. */
static void
put(const Work *work, MsMeasured *measured, MsMeasure measure, MsValue value)
{
  if (wants(work, MS_MEASURE_BIT(measure)))
    measured->values[measure] = value;
}

static MsValue
distance(double pixels)
{
  return (MsValue){.value = pixels, .defined = true};
}

static void
put_bands(const Work *work, const MsBands *bands, MsMeasured *measured)
{
  put(work, measured, MS_MEASURE_BOUNDARY_IOU, ms_score_boundary_iou(bands, empty_rule(work)));
}

static void
put_surface(const Work *work, const MsSurface *surface, MsMeasured *measured)
{
  put(work, measured, MS_MEASURE_HAUSDORFF, distance(surface->hausdorff));
  put(work, measured, MS_MEASURE_HD95, distance(surface->hd95));
  put(work, measured, MS_MEASURE_ASSD, distance(surface->assd));
  put(work, measured, MS_MEASURE_MASD, distance(surface->masd));
  put(work, measured, MS_MEASURE_SURFACE_DICE, ms_score_surface_dice(surface, empty_rule(work)));
}

static MsStatus
measure_bands(const Work *work, const MsPlanes *planes, MsMeasured *measured)
{
  MsBands bands[2] = {0};
  MsStatus status;

  if (!wants(work, MS_MEASURE_BIT(MS_MEASURE_BOUNDARY_IOU)))
    return MS_STATUS_OK;
  if (planes->n_numbers > G_N_ELEMENTS(bands))
    return MS_STATUS_INVALID;
  status = ms_bands_count(planes, &work->control, bands);
  if (status == MS_STATUS_OK)
    put_bands(work, &bands[1], measured);
  return status;
}

static MsStatus
measure_surface(const Work *work, const MsPlanes *planes, guint32 number, MsMeasured *measured)
{
  MsSurface surface;
  MsStatus status;

  if (!wants(work, MS_MEASURES_SURFACE))
    return MS_STATUS_OK;
  status = ms_surface_measure(planes, number, work->request->tolerance, &work->control, &surface);
  if (status == MS_STATUS_OK)
    put_surface(work, &surface, measured);
  return status;
}

static void
put_tolerant(const Work *work, const MsCounts *counts, const MsMend *forgiven, gboolean has_tn,
             MsMeasured *measured)
{
  measured->tolerant = ms_mend_apply(counts, forgiven, has_tn);
  measured->iou_tolerant = ms_score_iou(&measured->tolerant, empty_rule(work));
  measured->dice_tolerant = ms_score_dice(&measured->tolerant, empty_rule(work));
}

/* forgiven: how many pixels are; may be NULL. */
static MsStatus
measure_tolerant(const Work *work, const MsPlanes *planes, const MsCounts *counts, gboolean has_tn,
                 MsMeasured *measured, guint64 *forgiven)
{
  const MsMend *mend;
  MsReach reach;
  MsStatus status = ms_reach_find(planes, NULL, &work->control, &reach);

  if (status != MS_STATUS_OK)
    return status;
  mend = &reach.within[work->request->tolerance];
  put_tolerant(work, counts, mend, has_tn, measured);
  if (forgiven)
    *forgiven = mend->pixels;
  return MS_STATUS_OK;
}

static MsStatus
init_planes(const Work *work, gint64 solo, MsPlanes *planes)
{
  const MsMeasuredPair *pair = work->pair;
  const MsKindsSource source = {.rules = &pair->rules->rules,
                                .actual = pair->actual,
                                .predicted = pair->predicted,
                                .actual_stacks = pair->actual_stacks,
                                .predicted_stacks = pair->predicted_stacks,
                                .focus = {.solo = solo}};

  return ms_planes_init(planes, &source, &work->control);
}

/* From planes of one class. */
static MsStatus
measure_alone(const Work *work, gint64 solo, const MsCounts *counts, MsMeasured *measured)
{
  MsPlanes planes = {0};
  MsStatus status = init_planes(work, solo, &planes);

  if (status == MS_STATUS_OK)
    status = measure_bands(work, &planes, measured);
  if (status == MS_STATUS_OK)
    status = measure_surface(work, &planes, 1, measured);
  if (status == MS_STATUS_OK && work->request->has_tolerant && has_classes(work))
    status = measure_tolerant(work, &planes, counts, TRUE, measured, NULL);
  ms_planes_clear(&planes);
  return status;
}

/* --- classes that share planes ---------------------------------------------------------------- */

static MsStatus
share_bands(const Work *work, Shared *shared)
{
  if (!wants(work, MS_MEASURE_BIT(MS_MEASURE_BOUNDARY_IOU)))
    return MS_STATUS_OK;
  shared->bands = g_try_new(MsBands, shared->planes.n_numbers);
  if (!shared->bands)
    return MS_STATUS_NO_MEMORY;
  return ms_bands_count(&shared->planes, &work->control, shared->bands);
}

static MsStatus
share_forgiven(const Work *work, Shared *shared)
{
  if (!work->request->has_tolerant)
    return MS_STATUS_OK;
  shared->forgiven = g_try_new(MsMend, shared->planes.n_numbers);
  if (!shared->forgiven)
    return MS_STATUS_NO_MEMORY;
  return ms_reach_find_classes(&shared->planes, work->request->tolerance, &work->control,
                               shared->forgiven);
}

static MsStatus
share(const Work *work, Shared *shared)
{
  MsStatus status = init_planes(work, -1, &shared->planes);

  if (status == MS_STATUS_OK)
    status = share_bands(work, shared);
  if (status == MS_STATUS_OK)
    status = share_forgiven(work, shared);
  return status;
}

static void
shared_clear(Shared *shared)
{
  ms_planes_clear(&shared->planes);
  g_free(shared->bands);
  g_free(shared->forgiven);
}

/* The class's number in the shared planes; 0: it has none there. */
static guint32
shared_number(const Shared *shared, guint32 id)
{
  return shared->planes.n_numbers > 0 ? ms_planes_number(&shared->planes, id) : 0;
}

static MsStatus
measure_class(const Work *work, const Shared *shared, const MsClassCounts *class,
              MsMeasured *measured)
{
  guint32 number = shared_number(shared, class->id);

  if (number == 0)
    return measure_alone(work, class->id, &class->counts, measured);
  if (shared->bands)
    put_bands(work, &shared->bands[number], measured);
  if (shared->forgiven)
    put_tolerant(work, &class->counts, &shared->forgiven[number], TRUE, measured);
  return measure_surface(work, &shared->planes, number, measured);
}

static MsStatus
measure_each(const Work *work, const Shared *shared, gboolean from_pixels)
{
  MsStatus status = MS_STATUS_OK;
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(work->pair->confusion, &n_classes);

  for (size_t i = 0; i < n_classes && status == MS_STATUS_OK; i++) {
    MsClassMeasured class = {.id = classes[i].id};

    if (from_pixels)
      status = measure_class(work, shared, &classes[i], &class.measured);
    g_array_append_val(work->made->classes, class);
  }
  return status;
}

static MsStatus
measure_classes(const Work *work)
{
  gboolean from_pixels = wants(work, ~MS_MEASURES_PANOPTIC) || work->request->has_tolerant;
  Shared shared = {0};
  MsStatus status = MS_STATUS_OK;

  work->made->classes = g_array_new(FALSE, FALSE, sizeof(MsClassMeasured));
  if (from_pixels && work->pair->rules->rules.comparison != MS_COMPARE_STACKS)
    status = share(work, &shared);
  if (status == MS_STATUS_OK)
    status = measure_each(work, &shared, from_pixels);
  shared_clear(&shared);
  return status;
}

/* --- the example as a whole ------------------------------------------------------------------- */

static MsValue
mean_over_classes(const Work *work, MsMeasure measure)
{
  const GArray *classes = work->made->classes;
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < classes->len; i++) {
    const MsClassMeasured *class = &g_array_index(classes, MsClassMeasured, i);
    MsValue value = class->measured.values[measure];

    if (!value.defined || ms_confusion_is_background(work->pair->confusion, class->id))
      continue;
    sum += value.value;
    n++;
  }
  return n > 0 ? (MsValue){.value = sum / n, .defined = true} : (MsValue){.defined = false};
}

static gboolean
has_foreground(const Work *work)
{
  const GArray *classes = work->made->classes;

  for (guint i = 0; i < classes->len; i++)
    if (!ms_confusion_is_background(work->pair->confusion,
                                    g_array_index(classes, MsClassMeasured, i).id))
      return TRUE;
  return FALSE;
}

static void
summarise_classes(const Work *work)
{
  static const MsBands no_bands = {0};
  static const MsSurface no_surface = {0};
  MsMeasured *whole = &work->made->whole;

  for (int i = 0; i < MS_N_MEASURES; i++)
    put(work, whole, (MsMeasure)i, mean_over_classes(work, (MsMeasure)i));
  if (has_foreground(work))
    return;
  put_bands(work, &no_bands, whole);
  put_surface(work, &no_surface, whole);
}

/* Of all classes together: whether pixels are right, whatever class they are of. */
static MsStatus
measure_whole_tolerant(const Work *work)
{
  const MsConfusion *confusion = work->pair->confusion;
  MsCounts counts = ms_confusion_counts(confusion);
  MsPlanes planes = {0};
  guint64 forgiven = 0;
  MsStatus status;

  work->made->has_tn = ms_confusion_has_tn(confusion);
  status = init_planes(work, -1, &planes);
  if (status == MS_STATUS_OK)
    status =
        measure_tolerant(work, &planes, &counts, work->made->has_tn, &work->made->whole, &forgiven);
  work->made->exact_tolerant = forgiven >= ms_confusion_wrong(confusion);
  ms_planes_clear(&planes);
  return status;
}

static void
forget_values(MsExampleMeasures *made)
{
  for (int i = 0; i < MS_N_MEASURES; i++)
    made->whole.values[i] = (MsValue){.defined = false};
  made->whole.iou_tolerant = made->whole.dice_tolerant = (MsValue){.defined = false};
}

static MsStatus
measure_pixels(const Work *work)
{
  MsStatus status = MS_STATUS_OK;

  if (has_classes(work))
    status = measure_classes(work);
  else if (wants(work, ~MS_MEASURES_PANOPTIC))
    status = measure_alone(work, -1, NULL, &work->made->whole);
  if (status == MS_STATUS_OK && work->request->has_tolerant)
    status = measure_whole_tolerant(work);
  return status;
}

/* --- instances -------------------------------------------------------------------------------- */

static void
put_panoptic(const Work *work, const MsPanoptic *panoptic, MsMeasured *measured)
{
  put(work, measured, MS_MEASURE_PQ, ms_score_pq(panoptic));
  put(work, measured, MS_MEASURE_SQ, ms_score_sq(panoptic));
  put(work, measured, MS_MEASURE_RQ, ms_score_rq(panoptic));
}

static MsMeasured *
find_measured(const Work *work, guint32 class_id)
{
  return (MsMeasured *)ms_example_measures_find(work->made, class_id);
}

static gboolean
count_segments(const Work *work, const MsSegments *segments)
{
  MsPanoptic panoptic;

  if (!has_classes(work)) {
    if (!ms_segments_count(segments, 0, &panoptic))
      return FALSE;
    put_panoptic(work, &panoptic, &work->made->whole);
    return TRUE;
  }
  for (guint i = 0; i < segments->classes->len; i++) {
    MsMeasured *measured = find_measured(work, g_array_index(segments->classes, guint32, i));

    if (!measured)
      continue;
    if (!ms_segments_count(segments, i + 1, &panoptic))
      return FALSE;
    put_panoptic(work, &panoptic, measured);
  }
  return TRUE;
}

/* FALSE only when cancelled. */
static gboolean
measure_segments(const Work *work, MsScratch *scratch, GCancellable *cancellable, GError **error)
{
  const MsMeasuredPair *pair = work->pair;
  const char *why = ms_segments_why_none(pair->set, pair->model);
  g_auto(MsSegments) segments = {0};
  g_autoptr(GError) reason = NULL;

  if (why) {
    work->made->no_segments = g_strdup(why);
  } else if (!ms_segments_load(&segments, pair->set, pair->example, pair->model, pair->rules,
                               scratch, cancellable, &reason)) {
    if (g_cancellable_set_error_if_cancelled(cancellable, error))
      return FALSE;
    work->made->no_segments = g_strdup(reason->message);
  } else if (!count_segments(work, &segments)) {
    work->made->no_segments = g_strdup(ms_status_string(MS_STATUS_NO_MEMORY));
  }
  return TRUE;
}

/* --- all of it -------------------------------------------------------------------------------- */

static gboolean
fail(const MsMeasuredPair *pair, MsStatus status, GCancellable *cancellable, GError **error)
{
  if (!g_cancellable_set_error_if_cancelled(cancellable, error))
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: %s",
                ms_set_get_id(pair->set, pair->example), ms_status_string(status));
  return FALSE;
}

static gboolean
measure(Work *work, MsScratch *scratch, GCancellable *cancellable, GError **error)
{
  MsStatus status = measure_pixels(work);

  if (status != MS_STATUS_OK)
    return fail(work->pair, status, cancellable, error);
  if (wants(work, MS_MEASURES_PANOPTIC) && !measure_segments(work, scratch, cancellable, error))
    return FALSE;
  if (has_classes(work))
    summarise_classes(work);
  work->made->n_counted = ms_confusion_counted(work->pair->confusion);
  if (work->made->n_counted == 0)
    forget_values(work->made);
  return TRUE;
}

MsExampleMeasures *
ms_example_measures_new(const MsMeasuredPair *pair, const MsMeasureRequest *request,
                        MsScratch *scratch, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsExampleMeasures) made = g_new0(MsExampleMeasures, 1);
  Work work = {pair, request, ms_control_for(cancellable), made};

  g_return_val_if_fail(request->tolerance <= MS_REACH_MAX, NULL);
  made->request = *request;
  if (g_cancellable_set_error_if_cancelled(cancellable, error) ||
      !measure(&work, scratch, cancellable, error))
    return NULL;
  return g_steal_pointer(&made);
}

MsExampleMeasures *
ms_example_measures_of_frame(const MsFrame *frame, const MsRuleset *rules,
                             const MsConfusion *confusion, const MsMeasureRequest *request,
                             GCancellable *cancellable, GError **error)
{
  const MsMeasuredPair pair = {.set = frame->set,
                               .example = frame->example,
                               .model = frame->model,
                               .rules = rules,
                               .actual = &frame->actual,
                               .predicted = &frame->predicted,
                               .actual_stacks = frame->result->actual_stacks,
                               .predicted_stacks = frame->result->predicted_stacks,
                               .confusion = confusion};

  return ms_example_measures_new(&pair, request, NULL, cancellable, error);
}

void
ms_example_measures_free(MsExampleMeasures *measures)
{
  if (!measures)
    return;
  g_clear_pointer(&measures->classes, g_array_unref);
  g_free(measures->no_segments);
  g_free(measures);
}

const MsMeasured *
ms_example_measures_find(const MsExampleMeasures *measures, guint32 class_id)
{
  for (guint i = 0; measures->classes && i < measures->classes->len; i++)
    if (g_array_index(measures->classes, MsClassMeasured, i).id == class_id)
      return &g_array_index(measures->classes, MsClassMeasured, i).measured;
  return NULL;
}
