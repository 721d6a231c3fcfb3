/* SPDX-License-Identifier: MIT
 *
 * What sets for a check are made of: objects that are drawn once per example, predictions that are
 * the same objects with ragged borders and some pixels wrong, and files that hold them in one form
 * or another. The same bytes on every machine and every run.
 */
#pragma once

#include "io/samples.h"
#include "metric/turn.h"
#include "support/files.h"

#define TEST_CHECK_EXAMPLES 12
#define TEST_CHECK_WIDTH    48
#define TEST_CHECK_HEIGHT   40
#define TEST_N_CLASSES      4 /* 0: background; a disc, a wedge, a hook */

typedef struct {
  int width, height;
  guint16 *pixels; /* classes; width * height */
} TestDrawn;

TestDrawn test_drawn_new(int width, int height);
void test_drawn_clear(TestDrawn *mask);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TestDrawn, test_drawn_clear)
guint16 *test_drawn_at(const TestDrawn *mask, int x, int y);

TestDrawn test_draw_actual(guint example);
/* What a model says of it; another one is wrong elsewhere. */
TestDrawn test_draw_predicted(guint example, guint model);

/* The mask as MsTurn says, pixel by pixel. */
TestDrawn test_drawn_turn(const TestDrawn *mask, MsTurn how);
/* A part of it from there on, beyond it background. */
TestDrawn test_drawn_crop(const TestDrawn *mask, int left, int top, int width, int height);

typedef enum {
  TEST_WRITE_GREY,
  TEST_WRITE_PALETTE,
  TEST_WRITE_RGB, /* the palette's colours */
  TEST_WRITE_SIXTEEN,
} TestWriting;

/* What a class is written as: a sample, or an entry of the palette. */
typedef struct {
  TestWriting writing;
  guint16 samples[TEST_N_CLASSES + 1]; /* the last: of what is no class */
} TestForm;

extern const TestForm test_form_binary;  /* 0 and 255 */
extern const TestForm test_form_classes; /* 0 to 3 */

GBytes *test_encode_drawn(const TestDrawn *mask, const TestForm *form);
/* Binary, with a border in between, as smoothing leaves it. */
GBytes *test_encode_smooth(const TestDrawn *mask);
/* A photograph of the objects, scaled, with noise that no two examples share. */
GBytes *test_encode_image(guint example, int scale);
/* The same PNG with an EXIF block that says no more than how it is to be turned. */
GBytes *test_add_orientation(GBytes *png, guint8 orientation);

/* ROLE/07.png. */
void test_write_bytes(const TestFolder *folder, const char *role, guint example, GBytes *bytes);
void test_write_drawn(const TestFolder *folder, const char *role, guint example,
                      const TestDrawn *mask, const TestForm *form);
/* Every example: `images`; `actual` and `predictions`; `predictions` of one. */
void test_write_images(const TestFolder *folder, int scale);
void test_write_pairs(const TestFolder *folder, const TestForm *actual, const TestForm *predicted);
void test_write_predicted(const TestFolder *folder, guint example, const TestForm *form);
