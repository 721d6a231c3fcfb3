/* SPDX-License-Identifier: MIT
 *
 * An example ready to be drawn: the frame, its image and what lies over it as pyramids, and its
 * confusion under the rules that they were painted with. Immutable and counted; built on worker
 * threads.
 */
#pragma once

#include "render/pyramid.h"
#include "report/class-layer.h"
#include "set/pair.h"

G_BEGIN_DECLS

typedef struct _MsDisplay MsDisplay;

/* How an example is painted. Borrows. */
typedef struct {
  MsRuleset *rules;
  MsClassFocus *focus; /* NULL: every class */
  MsPaint paint;
} MsPainting;

/* One that owns what it is made of, for ms_painting_clear(). */
MsPainting ms_painting_copy(const MsPainting *painting);
void ms_painting_clear(MsPainting *painting);

/* The example, and what to say in place of a picture. */
struct _MsDisplay {
  MsFrame *frame;
  MsRuleset *rules;
  MsClassFocus *focus;
  MsPaint paint;
  const MsPyramid *image; /* NULL: none */
  MsPyramid *kinds;       /* of the classes that are looked at. NULL: a mask is painted instead, or
                           * the pair cannot be compared */
  MsKindCounts counts;    /* of those kinds; of label sets, of their labels */
  MsClassLayer *classes;  /* painted in place of kinds. NULL: not asked for, or no such mask */
  MsConfusion *confusion; /* of all classes. NULL: the pair cannot be compared */
  char *message;          /* why it cannot be compared; NULL: it can */
  MsPyramid **shared;     /* counted: what `image` points to, for all displays of the example */
};

/* Reads and prepares; synchronous. NULL, with an error, only when cancelled. auto_range: dark and
 * 16-bit images are stretched. */
MsDisplay *ms_display_load(MsSet *set, guint example, guint model, const MsPainting *painting,
                           gboolean auto_range, GCancellable *cancellable, GError **error);

/* The same example painted in another way: the image is shared. */
MsDisplay *ms_display_repaint(MsDisplay *base, const MsPainting *painting,
                              GCancellable *cancellable, GError **error);

/* Whether that is how it is painted. */
gboolean ms_display_is_painted(const MsDisplay *display, const MsPainting *painting);

/* What lies over the image; NULL: nothing. */
const MsPyramid *ms_display_overlay(const MsDisplay *display);

MsDisplay *ms_display_ref(MsDisplay *display);
void ms_display_unref(MsDisplay *display);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsDisplay, ms_display_unref)

gsize ms_display_bytes(const MsDisplay *display);

G_END_DECLS
