/* SPDX-License-Identifier: MIT
 *
 * Displays of the example being looked at and of its neighbours, decoded ahead so that stepping is
 * instant. The window says which it wants, most wanted first. That one has the machine to itself:
 * neighbours wait until it is there, and so does the scoring of the set. What is no longer wanted
 * is cancelled, what was shown stays until the memory bound asks for it; pictures so large that
 * their neighbours do not fit are not decoded ahead. Lives on the main thread, works on others.
 */
#pragma once

#include "app/display.h"
#include "set/evaluation.h"

G_BEGIN_DECLS

/* At most so many, however small: label sets without images hold next to no bytes. */
#define MS_DISPLAY_CACHE_MAX 256

#define MS_TYPE_DISPLAY_CACHE (ms_display_cache_get_type())
G_DECLARE_FINAL_TYPE(MsDisplayCache, ms_display_cache, MS, DISPLAY_CACHE, GObject)

/* Signal "ready" (guint example, guint model): ms_display_cache_get() now answers. Results that
 * come with the frames are put into the evaluation. bytes: of all displays together, but for the
 * most wanted one, which stays whatever it costs. */
MsDisplayCache *ms_display_cache_new(MsEvaluation *evaluation, gboolean auto_range, gsize bytes);

/* Takes effect at once. */
void ms_display_cache_set_bytes(MsDisplayCache *self, gsize bytes);

/* How displays are painted from now on, beside the rules in force: MS_LAYERS() flags. What is there
 * of the wanted ones, but for the first, gets the layers that it lacks. */
void ms_display_cache_set_painting(MsDisplayCache *self, MsClassFocus *focus, unsigned layers);

/* Lent; NULL: not there yet. It may be painted as was asked for before (ms_display_is_painted()).
 */
MsDisplay *ms_display_cache_get(MsDisplayCache *self, guint example, guint model);

/* The same, and no sign that it is looked at. */
MsDisplay *ms_display_cache_peek(MsDisplayCache *self, guint example, guint model);

/* The examples wanted now, most wanted first. */
void ms_display_cache_want(MsDisplayCache *self, const guint *examples, guint n_examples,
                           guint model);

/* drawing: a frame with the most wanted one is on its way to the screen: no neighbour is begun
 * meanwhile, which would take the processors from it; nor afterwards, until something is wanted. */
void ms_display_cache_set_drawing(MsDisplayCache *self, gboolean drawing);

/* The sides of the image of an example that is being decoded (of its actual mask where it has
 * none), as soon as they are known: FALSE before. */
gboolean ms_display_cache_get_size(MsDisplayCache *self, guint example, guint model, int *width,
                                   int *height);

/* The files of an example (G_MAXUINT: of every one that could not be read) have changed: what was
 * made of it for a model (G_MAXUINT: any) goes, and what is being made. It is made again when it is
 * wanted. */
void ms_display_cache_forget(MsDisplayCache *self, guint example, guint model);

/* Puts back a display that was repainted. */
void ms_display_cache_put(MsDisplayCache *self, MsDisplay *display);

G_END_DECLS
