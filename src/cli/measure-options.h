/* SPDX-License-Identifier: MIT
 *
 * The options that ask for boundary and instance metrics: --metrics, --tolerance.
 */
#pragma once

#include "set/measures.h"

G_BEGIN_DECLS

typedef struct {
  char *metrics;
  char *tolerance;
} MsMeasureOptions;

/* The entries, to be spliced into a command's own list. */
#define MS_MEASURE_ENTRIES(options)                                                                \
  {"metrics", 0, 0, G_OPTION_ARG_STRING, &(options)->metrics, NULL, NULL},                         \
  {                                                                                                \
    "tolerance", 0, 0, G_OPTION_ARG_STRING, &(options)->tolerance, NULL, NULL                      \
  }

/* Their text for --help. */
#define MS_MEASURE_HELP                                                                            \
  "  --metrics LIST|all         also, of masks: boundary_iou, hausdorff, hd95, assd, masd,\n"      \
  "                             surface_dice, pq, sq, rq (comma-separated), as columns behind\n"   \
  "                             the others; an infinite distance is inf\n"                         \
  "  --tolerance K              also IoU and exact match with errors within K pixels (0 to 20)\n"  \
  "                             of the actual edge forgiven; the tolerance of surface_dice too,\n" \
  "                             which is 2 otherwise\n"

/* FALSE, with MS_OPTIONS_ERROR_USAGE: a metric or tolerance that is none. *asked: whether anything
 * is asked for. */
gboolean ms_measure_options_apply(const MsMeasureOptions *options, MsMeasureRequest *request,
                                  gboolean *asked, GError **error);
/* Label sets have none of these. Errors: MS_OPTIONS_ERROR_USAGE. */
gboolean ms_measure_options_fit(const MsMeasureOptions *options, MsSet *set, GError **error);
void ms_measure_options_clear(MsMeasureOptions *options);

G_END_DECLS
