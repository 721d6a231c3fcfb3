/* SPDX-License-Identifier: MIT
 *
 * Shared by the parts of one frame's export: its words, its picture (of masks or of label sets),
 * its file.
 */
#pragma once

#include "render/figure.h"
#include "render/label-figure.h"
#include "report/export.h"
#include "report/overlay-rows.h"

G_BEGIN_DECLS

typedef struct {
  const char *title; /* lent by the frame's set */
  char *subtitle;
  char *description; /* the subtitle in ASCII where its parts are, as PNG text wants it */
  char *headline;
  char *verdict;
} MsExportWords;

void ms_export_words_init(MsExportWords *words, const MsFrame *frame, const MsRuleset *rules,
                          const MsExportOptions *options, const MsConfusion *confusion);
void ms_export_words_clear(MsExportWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsExportWords, ms_export_words_clear)

/* The picture that is written, a band of rows at a time. Borrows frame, rules, options and words.
 */
typedef struct {
  MsOverlayRows *overlay; /* NULL: a label set without an image */
  MsDrawing *drawing;     /* NULL: the overlay alone */
  GArray *labels;         /* of MsFigureLabel; NULL: masks */
  MsLabelFigure figure;
  MsFigureText text;
  GArray *classes; /* of MsFigureClass */
} MsExportPicture;

/* Errors: not enough memory; G_IO_ERROR_CANCELLED where the control stopped it. */
gboolean ms_export_picture_init(MsExportPicture *picture, const MsFrame *frame,
                                const MsRuleset *rules, const MsExportOptions *options,
                                const MsExportWords *words, const MsControl *control,
                                GError **error);
MsPixelRows ms_export_picture_rows(MsExportPicture *picture);
void ms_export_picture_clear(MsExportPicture *picture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsExportPicture, ms_export_picture_clear)

/* Of a frame with label sets. */
void ms_export_picture_set_labels(MsExportPicture *picture, const MsFrame *frame,
                                  const MsRuleset *rules, const MsExportOptions *options,
                                  const MsExportWords *words);

G_END_DECLS
