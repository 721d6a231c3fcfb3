/* SPDX-License-Identifier: MIT
 *
 * Objects that overlap, drawn as text or at random; painted by the painter, and naively: one pixel
 * and one class at a time.
 */
#pragma once

#include "cases.h"
#include "metric/stacks.h"

/* Classes of random objects: 0 to this less 1. */
#define N_STACK_CLASSES 12

#define MAX_STACK_OBJECTS 30

typedef struct {
  MsRaster shape; /* 8 bits, not 0: the object */
  uint32_t class_id;
  uint32_t score;
} StackObject;

typedef struct {
  int width;
  int height;
  StackObject objects[MAX_STACK_OBJECTS];
  size_t n_objects;
} StackScene;

/* A raster of stacks; owned. */
typedef struct {
  MsRaster raster;
  MsStacks *stacks;
} StackSide;

static inline void
stack_side_clear(StackSide *side)
{
  ms_raster_clear(&side->raster);
  ms_stacks_free(side->stacks);
}

static inline void
stack_scene_clear(StackScene *scene)
{
  for (size_t i = 0; i < scene->n_objects; i++)
    ms_raster_clear(&scene->objects[i].shape);
}

/* Columns from the left, in as few pieces as they have. */
static inline void
stack_paint(MsStackPainter *painter, const StackObject *object)
{
  const MsRaster *shape = &object->shape;

  ms_stack_painter_begin(painter, object->class_id, object->score);
  for (int x = 0; x < shape->width; x++) {
    for (int y = 0, end; y < shape->height; y = end + 1) {
      for (end = y; end < shape->height && ms_raster_get(shape, x, end);)
        end++;
      g_assert_cmpint(ms_stack_painter_column(painter, x, y, end - y), ==, MS_STATUS_OK);
    }
  }
}

/* Objects whose score is above the threshold. */
static inline StackSide
stack_side_above(const StackScene *scene, uint32_t threshold)
{
  MsStackPainter *painter;
  StackSide side;

  g_assert_cmpint(ms_stack_painter_new(scene->width, scene->height, &painter), ==, MS_STATUS_OK);
  for (size_t i = 0; i < scene->n_objects; i++) {
    if (scene->objects[i].score > threshold)
      stack_paint(painter, &scene->objects[i]);
  }
  g_assert_cmpint(ms_stack_painter_finish(painter, &side.raster, &side.stacks), ==, MS_STATUS_OK);
  return side;
}

static inline StackSide
stack_side(const StackScene *scene)
{
  MsStackPainter *painter;
  StackSide side;

  g_assert_cmpint(ms_stack_painter_new(scene->width, scene->height, &painter), ==, MS_STATUS_OK);
  for (size_t i = 0; i < scene->n_objects; i++)
    stack_paint(painter, &scene->objects[i]);
  g_assert_cmpint(ms_stack_painter_finish(painter, &side.raster, &side.stacks), ==, MS_STATUS_OK);
  return side;
}

static inline void
stack_scene_add(StackScene *scene, const char *text, uint32_t class_id, uint32_t score)
{
  StackObject *object = &scene->objects[scene->n_objects++];

  *object = (StackObject){ascii_raster(text, 8), class_id, score};
  scene->width = object->shape.width;
  scene->height = object->shape.height;
}

/* Rectangles and noise; scores are few, so that some are alike. */
static inline StackScene
stack_scene_random(TestRandom *random, int width, int height)
{
  StackScene scene = {.width = width,
                      .height = height,
                      .n_objects = test_random_below(random, MAX_STACK_OBJECTS + 1)};

  for (size_t i = 0; i < scene.n_objects; i++) {
    StackObject *object = &scene.objects[i];
    bool noisy = test_random_below(random, 4) == 0;
    int left = (int)test_random_below(random, (uint32_t)width);
    int top = (int)test_random_below(random, (uint32_t)height);

    object->class_id = test_random_below(random, N_STACK_CLASSES);
    object->score = 10 * test_random_below(random, 11);
    g_assert_cmpint(ms_raster_init(&object->shape, width, height, 8), ==, MS_STATUS_OK);
    for (int y = top; y < height; y++) {
      for (int x = left; x < width; x++)
        ascii_set(&object->shape, x, y, noisy ? test_random_below(random, 2) : 1);
    }
  }
  return scene;
}

/* The highest score of the class at a pixel; -1: the class is not there. */
static inline int64_t
naive_stack_score(const StackScene *scene, int x, int y, uint32_t class_id)
{
  int64_t highest = -1;

  for (size_t i = 0; i < scene->n_objects; i++) {
    const StackObject *object = &scene->objects[i];

    if (object->class_id == class_id && ms_raster_get(&object->shape, x, y))
      highest = MAX(highest, (int64_t)object->score);
  }
  return highest;
}

/* What rules leave of a pixel: its counted classes, each side's as bits. */
typedef struct {
  uint32_t actual;
  uint32_t predicted;
  bool ignored;
  bool no_class; /* what is predicted is no class */
} NaiveStackPixel;

static inline NaiveStackPixel
naive_stack_pixel(const MsRules *rules, const StackScene *actual, const StackScene *predicted,
                  int x, int y)
{
  NaiveStackPixel pixel = {0};
  bool any = false;

  for (uint32_t id = 0; id < N_STACK_CLASSES; id++) {
    bool is_ignored = naive_is_in(rules->ignored, rules->n_ignored, id) ||
                      (rules->classes && !naive_is_in(rules->classes, rules->n_classes, id));

    if (naive_stack_score(actual, x, y, id) >= 0) {
      pixel.ignored |= is_ignored;
      pixel.actual |= 1u << id;
    }
    if (naive_stack_score(predicted, x, y, id) > rules->threshold) {
      any = true;
      pixel.predicted |= is_ignored ? 0 : 1u << id;
    }
  }
  pixel.no_class = any && !pixel.predicted;
  return pixel;
}

static inline MsKind
naive_stack_kind(const NaiveStackPixel *pixel, const MsRules *rules, const MsFocus *focus)
{
  uint32_t a = pixel->actual, p = pixel->predicted, seen = 0, hidden = 0;

  for (uint32_t id = 0; id < N_STACK_CLASSES; id++) {
    if (focus->solo >= 0
            ? id == focus->solo
            : id != rules->background && !naive_is_in(focus->hidden, focus->n_hidden, id))
      seen |= 1u << id;
    else if (focus->solo < 0 && id != rules->background)
      hidden |= 1u << id;
  }
  hidden &= a | p;
  a &= seen;
  p &= seen;
  if (pixel->ignored)
    return MS_KIND_IGNORED;
  if (hidden && (a != p || pixel->no_class))
    return MS_KIND_TN;
  if (pixel->no_class && focus->solo < 0)
    return MS_KIND_FN;
  if (a == p)
    return a ? MS_KIND_TP : MS_KIND_TN;
  if ((a & p) == a)
    return MS_KIND_FP;
  return (a & p) == p ? MS_KIND_FN : MS_KIND_CONFUSED;
}

/* Random rules of stacks; every id that is not ignored is a class, or 0 to 8 are. */
static inline MsRules
stack_rules_random(TestRandom *random)
{
  static const uint32_t ignored[] = {7};
  static const uint32_t classes[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
  static const int64_t backgrounds[] = {-1, -1, 2};
  MsRules rules = {.comparison = MS_COMPARE_STACKS, .threshold = test_random_below(random, 110)};

  rules.background = backgrounds[test_random_below(random, G_N_ELEMENTS(backgrounds))];
  if (test_random_below(random, 2)) {
    rules.ignored = ignored;
    rules.n_ignored = 1;
  }
  if (test_random_below(random, 2)) {
    rules.classes = classes;
    rules.n_classes = G_N_ELEMENTS(classes);
    rules.ignore_unlisted = true;
  }
  return rules;
}

static inline MsJoint *
stack_joint(const StackSide *actual, const StackSide *predicted)
{
  MsJoint *joint;

  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, &actual->raster, &predicted->raster, NULL), ==, MS_STATUS_OK);
  return joint;
}

static inline MsConfusion *
stack_confusion(const MsRules *rules, const StackSide *actual, const StackSide *predicted)
{
  MsJoint *joint = stack_joint(actual, predicted);
  MsConfusion *confusion;

  g_assert_cmpint(ms_confusion_new(rules, &confusion), ==, MS_STATUS_OK);
  g_assert_cmpint(
      ms_confusion_add_stacks(confusion, joint, actual->stacks, predicted->stacks, NULL), ==,
      MS_STATUS_OK);
  ms_joint_free(joint);
  return confusion;
}
