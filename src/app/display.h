/* SPDX-License-Identifier: MIT
 *
 * An example ready to be drawn: the frame, its image and what lies over it as pyramids, and its
 * confusion under the rules that they were painted with. Immutable and counted; built on worker
 * threads. Layers are made when they are wanted, and shared with the displays that follow.
 */
#pragma once

#include "app/layer.h"
#include "report/class-layer.h"

G_BEGIN_DECLS

typedef struct _MsDisplay MsDisplay;

/* How an example is painted. Borrows. */
typedef struct {
  MsRuleset *rules;
  MsClassFocus *focus; /* NULL: every class */
  unsigned layers;     /* MS_LAYERS() flags: what is wanted over the image */
  MsDimming dim;       /* of the errors; one that is not of this example dims nothing */
} MsPainting;

/* One that owns what it is made of, for ms_painting_clear(). */
MsPainting ms_painting_copy(const MsPainting *painting);
void ms_painting_clear(MsPainting *painting);

/* The example, and what to say in place of a picture. */
struct _MsDisplay {
  MsFrame *frame;
  MsRuleset *rules;
  MsClassFocus *focus;
  MsDimming dim;          /* in force */
  const MsPyramid *image; /* NULL: none */
  unsigned made;          /* flags of layers: those that are there, or cannot be */
  MsPaintedLayer *layers[MS_N_LAYERS];
  MsKindCounts counts;    /* of the kinds that are looked at; of label sets, of their labels */
  MsConfusion *confusion; /* of all classes. NULL: the pair cannot be compared */
  char *message;          /* why it cannot be compared; NULL: it can */
  MsPyramid **shared;     /* counted: what `image` points to, for all displays of the example */
};

/* Reads and prepares; synchronous. NULL, with an error, only when cancelled. auto_range: dark and
 * 16-bit images are stretched. */
MsDisplay *ms_display_load(MsSet *set, guint example, guint model, const MsPainting *painting,
                           gboolean auto_range, GCancellable *cancellable, GError **error);

/* The same example painted in another way: the image is shared, and what is still right. */
MsDisplay *ms_display_repaint(MsDisplay *base, const MsPainting *painting,
                              GCancellable *cancellable, GError **error);

/* Whether that is how it is painted, and all that is wanted is there. */
gboolean ms_display_is_painted(const MsDisplay *display, const MsPainting *painting);

/* A layer, and the MsPaintedClass of class colours; NULL: not wanted, or there is none. */
const MsPyramid *ms_display_layer(const MsDisplay *display, MsLayer layer);
const GArray *ms_display_classes(const MsDisplay *display, MsLayer layer);
/* Kinds that are dimmed. */
MsKindCounts ms_display_dimmed(const MsDisplay *display);

/* Whether an example can have a layer of probability. */
gboolean ms_display_has_scores(const MsDisplay *display);

MsDisplay *ms_display_ref(MsDisplay *display);
void ms_display_unref(MsDisplay *display);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsDisplay, ms_display_unref)

gsize ms_display_bytes(const MsDisplay *display);

G_END_DECLS
