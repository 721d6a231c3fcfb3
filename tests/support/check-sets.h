/* SPDX-License-Identifier: MIT
 *
 * Small sets, each with one thing wrong that a check is to find, and each with a healthy twin: the
 * same data without the fault. Twelve examples of 48 x 40 pixels, three objects that have no
 * symmetry and differ from example to example, predictions that are good but never exact. The same
 * bytes on every machine and every run.
 */
#pragma once

#include "set/check.h"
#include "support/files.h"

typedef struct {
  const char *name; /* "turned/flip-x" */
  MsCheckKind kind; /* what is wrong with it */
  /* Writes examples of it into a folder that is empty: `actual`, `predictions`, some `images`. */
  void (*write)(const TestFolder *folder, gboolean faulty);
  const char *arguments; /* that opening it takes; NULL: none */
  guint n_examples;      /* that have the fault; 0: it is one of the set as a whole */
  const char *option;    /* that mends it; NULL: none does */
  /* Kinds that may be found beside it, a bit each; the twin has none. */
  guint32 beside;
  gboolean is_note; /* it is only worth knowing */
} TestCheckSet;

#define TEST_CHECK_BIT(kind) ((guint32)1 << (kind))

/* All of them; at least one of every kind. */
const TestCheckSet *test_check_sets(guint *n_sets);
const TestCheckSet *test_check_set(const char *name);
