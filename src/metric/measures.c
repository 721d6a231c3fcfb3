/* SPDX-License-Identifier: MIT
 *
 * The descriptor table of boundary and instance metrics; the tests hold the rows complete.
 */
#include "metric/measures.h"

#include <math.h>
#include <string.h>

#define RATIO .unit = "", .minimum = 0, .maximum = 1, .better = MS_BETTER_HIGHER
#define DISTANCE                                                                                   \
  .unit = "px", .minimum = 0, .maximum = INFINITY, .better = MS_BETTER_LOWER,                      \
  .on_empty = "both empty: 0; one empty: infinite"
#define INSTANCES                                                                                  \
  RATIO, .on_empty = "no segment on either side: does not exist",                                  \
         .source = "Kirillov et al., Panoptic Segmentation, CVPR 2019"
#define RELOADED "Maier-Hein et al., Metrics Reloaded, Nature Methods 2024"

static const MsMetricInfo measures[MS_N_MEASURES] = {
    [MS_MEASURE_BOUNDARY_IOU] = {RATIO, .id = "boundary_iou", .label = "Boundary IoU",
                                 .formula = "IoU of the inner bands, 2 % of the diagonal wide",
                                 .on_empty = "both empty: the empty rule (1); one empty: 0",
                                 .source = "Cheng et al., Boundary IoU, CVPR 2021"},
    [MS_MEASURE_HAUSDORFF] = {DISTANCE, .id = "hausdorff", .label = "Hausdorff distance",
                              .formula =
                                  "the largest distance from one border to the other, either way",
                              .source = "Hausdorff, 1914; " RELOADED},
    [MS_MEASURE_HD95] = {DISTANCE, .id = "hd95", .label = "HD95",
                         .name = "95th percentile of the Hausdorff distance",
                         .formula = "the larger of both ways' 95th percentiles of the distances "
                                    "between borders",
                         .source = "Huttenlocher et al., PAMI 1993; " RELOADED},
    [MS_MEASURE_ASSD] = {DISTANCE, .id = "assd", .label = "ASSD",
                         .name = "Average symmetric surface distance",
                         .formula = "the mean distance between borders, both ways pooled",
                         .source = "Heimann et al., TMI 2009; " RELOADED},
    [MS_MEASURE_MASD] = {DISTANCE, .id = "masd", .label = "MASD",
                         .name = "Mean average surface distance",
                         .formula = "the mean of both ways' mean distances between borders",
                         .source = RELOADED},
    [MS_MEASURE_SURFACE_DICE] =
        {RATIO, .id = "surface_dice", .label = "Surface Dice",
         .formula = "border pixels within the tolerance of the other border / all border pixels",
         .on_empty = "both empty: the empty rule (1); one empty: 0",
         .source = "Nikolov et al., 2018 (NSD); " RELOADED},
    [MS_MEASURE_PQ] = {INSTANCES, .id = "pq", .label = "Panoptic quality",
                       .formula = "SQ x RQ; segments match at an IoU above 0.5"},
    [MS_MEASURE_SQ] = {INSTANCES, .id = "sq", .label = "Segmentation quality",
                       .formula = "the mean IoU of segments that match"},
    [MS_MEASURE_RQ] = {INSTANCES, .id = "rq", .label = "Recognition quality",
                       .formula = "TP / (TP + FP/2 + FN/2) of segments"},
};

const MsMetricInfo *
ms_measure_info(MsMeasure measure)
{
  return &measures[measure];
}

bool
ms_measure_from_id(const char *id, MsMeasure *measure)
{
  for (int i = 0; i < MS_N_MEASURES; i++) {
    if (strcmp(measures[i].id, id) == 0) {
      *measure = (MsMeasure)i;
      return true;
    }
  }
  return false;
}
