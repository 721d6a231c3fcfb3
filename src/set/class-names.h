/* SPDX-License-Identifier: MIT
 *
 * The classes of well-known data sets: ids, names and colours as those who made them publish them.
 * For class-names.c, which makes tables of them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint32 id;
  const char *name;
  guint32 color; /* 0xRRGGBB; MS_NO_COLOR: it has none */
} MsNamedClass;

#define MS_NO_COLOR G_MAXUINT32

extern const MsNamedClass ms_ade20k_classes[150];
extern const MsNamedClass ms_coco_classes[133]; /* 80 things, then 53 kinds of stuff */
#define MS_COCO_N_THINGS 80u

G_END_DECLS
