/* SPDX-License-Identifier: MIT
 *
 * The masks themselves as a layer over the image: each pixel in the colour of its actual, or of its
 * predicted, class. Background is not painted; ignored pixels are grey. Where a pixel is of several
 * classes, the one with the highest score is painted, of equal ones that with the lowest id.
 */
#pragma once

#include "render/palette.h"
#include "render/pyramid.h"
#include "report/class-focus.h"
#include "set/pair.h"

G_BEGIN_DECLS

/* What lies over the image. */
typedef enum { MS_PAINT_ERRORS, MS_PAINT_ACTUAL, MS_PAINT_PREDICTED, MS_N_PAINTS } MsPaint;

/* "errors", "actual", "predicted", as in options and settings; FALSE, with *paint untouched, when
 * there is none of that name. */
gboolean ms_paint_from_name(const char *name, MsPaint *paint);

/* What is painted in one colour. */
typedef struct {
  guint32 id;
  gboolean ignored; /* no class: what counts nowhere */
  MsColor color;
  guint64 pixels;
} MsPaintedClass;

/* Paints a mask row by row; for one thread. NULL where the frame has no such mask; paint: ACTUAL or
 * PREDICTED. Borrows the frame, the rules and the focus. */
typedef struct MsClassPainter MsClassPainter;
MsClassPainter *ms_class_painter_new(const MsFrame *frame, MsPaint paint, const MsRules *rules,
                                     const MsClassFocus *focus);
void ms_class_painter_free(MsClassPainter *painter); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsClassPainter, ms_class_painter_free)

/* A row as MS_PYRAMID_COLORS holds it. */
void ms_class_painter_paint(MsClassPainter *painter, int y, guint32 *colors);
/* The same row as numbers: 0 of what is not painted, or ignored; equal ones of one class. */
void ms_class_painter_number(MsClassPainter *painter, int y, guint32 *numbers);
/* MsPaintedClass of all rows painted so far, most pixels first, then by id, ignored pixels last.
 * Caller unrefs. */
GArray *ms_class_painter_list(const MsClassPainter *painter);

typedef struct {
  MsPyramid *colors;
  GArray *classes; /* as of ms_class_painter_list() */
} MsClassLayer;

/* paint: ACTUAL or PREDICTED. NULL where the frame has no such mask, without memory, or where the
 * control stopped it. */
MsClassLayer *ms_class_layer_new(const MsFrame *frame, MsPaint paint, const MsRules *rules,
                                 const MsClassFocus *focus, const MsControl *control);
void ms_class_layer_free(MsClassLayer *layer); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsClassLayer, ms_class_layer_free)

/* "road"; "Ignored". Caller frees. */
char *ms_painted_class_name(const MsPaintedClass *class, MsSet *set, guint model);

/* The colour of a class, the same wherever it is shown. */
MsColor ms_class_layer_color(MsSet *set, guint32 id);

G_END_DECLS
