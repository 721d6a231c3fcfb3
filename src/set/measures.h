/* SPDX-License-Identifier: MIT
 *
 * Boundary and instance metrics of one example for one model, under rules, worked out from its
 * pixels when somebody asks.
 *
 * Where there are several classes each is measured against the rest, background too, and the
 * example as a whole has the mean over the classes other than background that occur (counted) and
 * have a value; it is infinite when one of them is. Where none occurs it is what two empty masks
 * have. Panoptic values of the whole are means over the classes with something to count. Where
 * nothing is counted there are none. Distances are in pixels of the image plane: of a volume's
 * slices 2-D ones.
 *
 * At a tolerance, errors within so many pixels of the actual edge are forgiven (metric/reach.h).
 */
#pragma once

#include "metric/measures.h"
#include "set/pair.h"

G_BEGIN_DECLS

/* What is asked for. */
typedef struct {
  MsMeasures wanted;
  guint tolerance;       /* pixels, of surface Dice and of the scores at it */
  gboolean has_tolerant; /* scores at the tolerance are wanted too */
} MsMeasureRequest;

typedef struct {
  MsValue values[MS_N_MEASURES]; /* undefined where not wanted; distances may be infinite */
  MsCounts tolerant;             /* where wanted: counts at the tolerance, ... */
  MsValue iou_tolerant;          /* ... and what follows from them */
  MsValue dice_tolerant;
} MsMeasured;

typedef struct {
  guint32 id;
  MsMeasured measured;
} MsClassMeasured;

/* Does not change once made. */
typedef struct {
  MsMeasureRequest request;
  MsMeasured whole;        /* of the one class, or as above */
  guint64 n_counted;       /* pixels that are not ignored; 0: there are no values */
  gboolean has_tn;         /* whether its counts have one */
  gboolean exact_tolerant; /* no error is left at the tolerance */
  GArray *classes;         /* MsClassMeasured, ascending by id; NULL: there is one class */
  char *no_segments;       /* why there are no panoptic values where wanted; NULL: there are */
} MsExampleMeasures;

/* Of a pair whose pixels are there. The confusion is that of the rules. Synchronous; scratch: this
 * thread's, or NULL. Errors: G_IO_ERROR_CANCELLED, MS_SET_ERROR_READING (a pair that cannot be
 * compared, memory). That an instance map cannot be read is no error, but `no_segments`. */
typedef struct {
  MsSet *set;
  guint example;
  guint model;
  const MsRuleset *rules;
  const MsRaster *actual;
  const MsRaster *predicted;
  const MsStacks *actual_stacks; /* as MsKindsSource has them */
  const MsStacks *predicted_stacks;
  const MsConfusion *confusion;
} MsMeasuredPair;

MsExampleMeasures *ms_example_measures_new(const MsMeasuredPair *pair,
                                           const MsMeasureRequest *request, MsScratch *scratch,
                                           GCancellable *cancellable, GError **error);
void ms_example_measures_free(MsExampleMeasures *measures); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsExampleMeasures, ms_example_measures_free)

/* The same of a frame with an OK result. */
MsExampleMeasures *ms_example_measures_of_frame(const MsFrame *frame, const MsRuleset *rules,
                                                const MsConfusion *confusion,
                                                const MsMeasureRequest *request,
                                                GCancellable *cancellable, GError **error);

/* Of a class; NULL: it does not occur, or there is one class. */
const MsMeasured *ms_example_measures_find(const MsExampleMeasures *measures, guint32 class_id);

G_END_DECLS
