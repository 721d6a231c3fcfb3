/* SPDX-License-Identifier: MIT
 *
 * The options that say how an overlay looks: --paint, --plain, --opacity, --palette, --show.
 */
#pragma once

#include "report/export.h"

G_BEGIN_DECLS

typedef struct {
  gboolean plain;
  char *paint;
  char *opacity;
  char *palette;
  char *show;
} MsPictureOptions;

/* The entries, to be spliced into a command's own list. */
#define MS_PICTURE_ENTRIES(options)                                                                \
  {"plain", 0, 0, G_OPTION_ARG_NONE, &(options)->plain, NULL, NULL},                               \
      {"paint", 0, 0, G_OPTION_ARG_STRING, &(options)->paint, NULL, NULL},                         \
      {"opacity", 0, 0, G_OPTION_ARG_STRING, &(options)->opacity, NULL, NULL},                     \
      {"palette", 0, 0, G_OPTION_ARG_STRING, &(options)->palette, NULL, NULL},                     \
  {                                                                                                \
    "show", 0, 0, G_OPTION_ARG_STRING, &(options)->show, NULL, NULL                                \
  }

/* Their text for --help. */
#define MS_PICTURE_HELP                                                                            \
  "  --paint WHAT               errors (default), or the actual or predicted classes\n"            \
  "  --plain                    the overlay alone, without legend and scores under it\n"           \
  "  --opacity 0..1             of the overlay; 0.5 unless given\n"                                \
  "  --palette safe|classic     safe for colour-blind eyes (default), or green, red, blue\n"       \
  "  --show KIND[,KIND...]      of tp, fp, fn, confused, ignored; all unless given\n"

/* Errors: MS_OPTIONS_ERROR_USAGE. */
gboolean ms_picture_options_apply(const MsPictureOptions *options, MsExportOptions *export,
                                  GError **error);
void ms_picture_options_clear(MsPictureOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsPictureOptions, ms_picture_options_clear)

G_END_DECLS
