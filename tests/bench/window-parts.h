/* SPDX-License-Identifier: MIT
 *
 * The parts of bench-window.c. Each makes the sets it needs in the folder, unless they are there.
 */
#pragma once

#include "pictures.h"
#include "window-watch.h"

void bench_frames(const TestFolder *folder);
void bench_steps(const TestFolder *folder);
void bench_hold(const TestFolder *folder);
void bench_threshold(const TestFolder *folder);
void bench_looks(const TestFolder *folder);
void bench_live(const TestFolder *folder);

/* The path of a set of one map of probabilities, side x side. Caller frees. */
char *bench_make_map(const TestFolder *folder, int side);

/* The examples that are stepped through: of 2048 x 2048, the path of the set. Caller frees. */
char *bench_make_steps(const TestFolder *folder);
#define BENCH_STEPS_SIDE      2048
#define BENCH_STEPS_EXAMPLES  300
#define BENCH_STEPS_DIFFERENT 25
