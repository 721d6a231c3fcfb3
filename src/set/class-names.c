/* SPDX-License-Identifier: MIT
 *
 * Class tables that are known by name. What their data sets do not evaluate has a name and often a
 * colour here too, but is no class: it is ignored.
 */
#include "set/class-names.h"

#include <string.h>

#include "set/classes.h"
#include "set/id-map.h"

#define VOID_ID 255u

/* Cityscapes by label id; trainIds count what is evaluated in this order. */
static const struct {
  MsNamedClass class;
  gboolean evaluated;
} cityscapes[] = {
    {{0, "unlabeled", 0x000000}},
    {{1, "ego vehicle", 0x000000}},
    {{2, "rectification border", 0x000000}},
    {{3, "out of roi", 0x000000}},
    {{4, "static", 0x000000}},
    {{5, "dynamic", 0x6f4a00}},
    {{6, "ground", 0x510051}},
    {{7, "road", 0x804080}, TRUE},
    {{8, "sidewalk", 0xf423e8}, TRUE},
    {{9, "parking", 0xfaaaa0}},
    {{10, "rail track", 0xe6968c}},
    {{11, "building", 0x464646}, TRUE},
    {{12, "wall", 0x66669c}, TRUE},
    {{13, "fence", 0xbe9999}, TRUE},
    {{14, "guard rail", 0xb4a5b4}},
    {{15, "bridge", 0x966464}},
    {{16, "tunnel", 0x96785a}},
    {{17, "pole", 0x999999}, TRUE},
    {{18, "polegroup", 0x999999}},
    {{19, "traffic light", 0xfaaa1e}, TRUE},
    {{20, "traffic sign", 0xdcdc00}, TRUE},
    {{21, "vegetation", 0x6b8e23}, TRUE},
    {{22, "terrain", 0x98fb98}, TRUE},
    {{23, "sky", 0x4682b4}, TRUE},
    {{24, "person", 0xdc143c}, TRUE},
    {{25, "rider", 0xff0000}, TRUE},
    {{26, "car", 0x00008e}, TRUE},
    {{27, "truck", 0x000046}, TRUE},
    {{28, "bus", 0x003c64}, TRUE},
    {{29, "caravan", 0x00005a}},
    {{30, "trailer", 0x00006e}},
    {{31, "train", 0x005064}, TRUE},
    {{32, "motorcycle", 0x0000e6}, TRUE},
    {{33, "bicycle", 0x770b20}, TRUE},
    {{MS_ID_NONE, "license plate", 0x00008e}},
};

static const char *const voc[] = {
    "background", "aeroplane", "bicycle",     "bird",  "boat",        "bottle", "bus",
    "car",        "cat",       "chair",       "cow",   "diningtable", "dog",    "horse",
    "motorbike",  "person",    "pottedplant", "sheep", "sofa",        "train",  "tvmonitor",
};

static const MsNamedClass camvid[] = {
    {0, "Sky", 0x808080},        {1, "Building", 0x800000},   {2, "Pole", 0xc0c080},
    {3, "Road", 0x804080},       {4, "Pavement", 0x3c28de},   {5, "Tree", 0x808000},
    {6, "SignSymbol", 0xc08080}, {7, "Fence", 0x404080},      {8, "Car", 0x400080},
    {9, "Pedestrian", 0x404000}, {10, "Bicyclist", 0x0080c0},
};

/* A table under construction. */
typedef struct {
  GArray *classes; /* MsClass with lent names */
  GArray *others;
} Maker;

static void
add(GArray *classes, guint32 id, const char *name, guint32 color)
{
  MsClass class = {.id = id, .name = (char *)name, .has_color = color != MS_NO_COLOR};

  if (class.has_color) {
    class.red = color >> 16 & 255;
    class.green = color >> 8 & 255;
    class.blue = color & 255;
  }
  g_array_append_val(classes, class);
}

static void
add_all(GArray *classes, const MsNamedClass *named, gsize n)
{
  for (gsize i = 0; i < n; i++)
    add(classes, named[i].id, named[i].name, named[i].color);
}

static void
make_cityscapes(Maker *maker)
{
  for (gsize i = 0; i < G_N_ELEMENTS(cityscapes); i++)
    add_all(cityscapes[i].evaluated ? maker->classes : maker->others, &cityscapes[i].class, 1);
  add(maker->others, VOID_ID, "void", MS_NO_COLOR);
}

static void
make_cityscapes_train(Maker *maker)
{
  add(maker->others, VOID_ID, "void", MS_NO_COLOR);
  for (gsize i = 0; i < G_N_ELEMENTS(cityscapes); i++) {
    const MsNamedClass *class = &cityscapes[i].class;

    if (cityscapes[i].evaluated)
      add(maker->classes, maker->classes->len, class->name, class->color);
    else
      add(maker->others, VOID_ID, class->name, class->color);
  }
}

/* Bit 0 of the id is the highest bit of red, bit 1 of green, bit 2 of blue, bit 3 the next one of
 * red, and so on. */
static guint32
voc_color(guint32 id)
{
  guint32 channels[3] = {0};

  for (int bit = 0; bit < 8; bit++)
    channels[bit % 3] |= (id >> bit & 1) << (7 - bit / 3);
  return channels[0] << 16 | channels[1] << 8 | channels[2];
}

static void
make_voc(Maker *maker)
{
  for (guint32 id = 0; id < G_N_ELEMENTS(voc); id++)
    add(maker->classes, id, voc[id], voc_color(id));
  add(maker->others, VOID_ID, "void", voc_color(VOID_ID));
}

static void
make_ade20k(Maker *maker)
{
  add_all(maker->classes, ms_ade20k_classes, G_N_ELEMENTS(ms_ade20k_classes));
  add(maker->others, 0, "other", MS_NO_COLOR);
}

static void
make_coco(Maker *maker)
{
  add(maker->classes, 0, "background", MS_NO_COLOR);
  add_all(maker->classes, ms_coco_classes, MS_COCO_N_THINGS);
}

static void
make_coco_panoptic(Maker *maker)
{
  add_all(maker->classes, ms_coco_classes, G_N_ELEMENTS(ms_coco_classes));
  add(maker->others, 0, "void", MS_NO_COLOR);
}

static void
make_camvid(Maker *maker)
{
  add_all(maker->classes, camvid, G_N_ELEMENTS(camvid));
  add(maker->others, 11, "Void", 0x000000);
}

static const struct {
  const char *name;
  void (*make)(Maker *maker);
} tables[] = {
    {"ade20k", make_ade20k},
    {"camvid", make_camvid},
    {"cityscapes", make_cityscapes},
    {"cityscapes-train", make_cityscapes_train},
    {"coco", make_coco},
    {"coco-panoptic", make_coco_panoptic},
    {"voc", make_voc},
};

const char *
ms_class_table_known_names(void)
{
  return "ade20k, camvid, cityscapes, cityscapes-train, coco, coco-panoptic and voc";
}

MsClassTable *
ms_class_table_by_name(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    g_autoptr(GArray) classes = g_array_new(FALSE, FALSE, sizeof(MsClass));
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(MsClass));
    Maker maker = {classes, others};
    MsClassTable *table;

    if (strcmp(tables[i].name, name) != 0)
      continue;
    tables[i].make(&maker);
    table = ms_class_table_new_full((const MsClass *)(void *)classes->data, classes->len,
                                    (const MsClass *)(void *)others->data, others->len, -1, name);
    table->ignore_unlisted = TRUE;
    return table;
  }
  return NULL;
}
