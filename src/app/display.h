/* SPDX-License-Identifier: MIT
 *
 * An example ready to be drawn: the frame, its image and its kinds as pyramids, and its confusion
 * under the rules that they were painted with. Immutable and counted; built on worker threads.
 */
#pragma once

#include "render/pyramid.h"
#include "set/pair.h"

G_BEGIN_DECLS

typedef struct _MsDisplay MsDisplay;

/* The example, and what to say in place of a picture. */
struct _MsDisplay {
  MsFrame *frame;
  MsRuleset *rules;
  const MsPyramid *image; /* NULL: none */
  MsPyramid *kinds;       /* NULL: the pair cannot be compared */
  MsConfusion *confusion; /* NULL: the same */
  char *message;          /* why it cannot be compared; NULL: it can */
  MsPyramid **shared;     /* counted: what `image` points to, for all displays of the example */
};

/* Reads and prepares; synchronous. NULL, with an error, only when cancelled. auto_range: dark and
 * 16-bit images are stretched. */
MsDisplay *ms_display_load(MsSet *set, guint example, guint model, MsRuleset *rules,
                           gboolean auto_range, GCancellable *cancellable, GError **error);

/* The same example under other rules: the image is shared, kinds are painted anew. */
MsDisplay *ms_display_repaint(MsDisplay *base, MsRuleset *rules, GCancellable *cancellable,
                              GError **error);

MsDisplay *ms_display_ref(MsDisplay *display);
void ms_display_unref(MsDisplay *display);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsDisplay, ms_display_unref)

gsize ms_display_bytes(const MsDisplay *display);

G_END_DECLS
