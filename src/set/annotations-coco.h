/* SPDX-License-Identifier: MIT
 *
 * COCO's annotations as masks. Instances and results: objects, so that a pixel may be of several
 * classes, each with its highest score; crowd regions count like others. Panoptic: class ids, one a
 * pixel, from a PNG beside the JSON file; 0 is void, which is ignored.
 */
#pragma once

#include "io/coco.h"
#include "set/annotations.h"
#include "set/load.h"

G_BEGIN_DECLS

/* Instances or results. A record is an index into the images of `images`, which names the classes
 * and sizes too: the instances file itself, or for results that of the actual masks. */
MsAnnotations *ms_annotations_of_coco(MsCoco *coco, MsCoco *images);

/* Panoptic. Records as above. The PNG files lie in the folder called like the JSON file, else
 * beside it. actual: these are the actual masks. */
MsAnnotations *ms_annotations_of_panoptic(MsCoco *coco, MsCoco *images, gboolean actual);

G_END_DECLS
