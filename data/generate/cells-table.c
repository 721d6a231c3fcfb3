/* SPDX-License-Identifier: MIT
 *
 * The 16 fields of view, from sparse to crowded, and how the model does on each. The order is that
 * of the files: 10 to train, 6 to validate. The model does worse on the latter.
 */
#include "cells.h"

/* clang-format off */
#define FIELD(s, n, r, sp, ro, st, d, re, mi, ha, jo, ho) \
  {.seed = (s), .n_cells = (n), .radius = (r), .spread = (sp), .room = (ro), .stain = (st), \
   .n_debris = (d), .reach = (re), .missed = (mi), .halved = (ha), .joined = (jo), \
   .hollow = (ho)}

const CellsItem cells_items[] = {
  /*   seed cells rad. spread room  stain debris reach missed halved joined hollow */
  FIELD(101,  22,  33,  0.25, 1.08, 1.00,    4,   1.7,  0.07,   0.12,   0.13,   0.10),
  FIELD(102,  30,  28,  0.25, 1.06, 0.90,    3,   1.6,  0.05,   0.08,   0.16,   0.07),
  FIELD(103,  14,  40,  0.20, 1.15, 1.10,    5,   2.1,  0.00,   0.22,   0.00,   0.16),
  FIELD(104,  40,  24,  0.30, 1.04, 1.00,    4,   1.5,  0.10,   0.00,   0.13,   0.00),
  FIELD(105,  20,  34,  0.30, 1.10, 0.75,    6,   1.6,  0.16,   0.12,   0.08,   0.10),
  FIELD(106,  26,  30,  0.20, 1.02, 1.15,    3,   2.0,  0.00,   0.06,   0.23,   0.12),
  FIELD(107,  10,  36,  0.30, 1.30, 1.00,    7,   1.7,  0.00,   0.15,   0.00,   0.22),
  FIELD(108,  34,  27,  0.30, 1.05, 0.95,    3,   1.3,  0.08,   0.09,   0.10,   0.06),
  FIELD(109,  18,  37,  0.20, 1.06, 1.05,    4,   2.2,  0.00,   0.15,   0.16,   0.18),
  FIELD(110,  28,  29,  0.35, 1.08, 0.85,    5,   1.6,  0.13,   0.00,   0.08,   0.08),
  FIELD(111,  24,  32,  0.25, 1.06, 0.90,    6,   2.1,  0.13,   0.15,   0.18,   0.14),
  FIELD(112,  36,  25,  0.30, 1.04, 0.80,    5,   1.7,  0.21,   0.09,   0.13,   0.06),
  FIELD(113,  16,  38,  0.25, 1.10, 1.10,    7,   2.5,  0.00,   0.30,   0.13,   0.20),
  FIELD(114,  26,  31,  0.25, 1.02, 1.00,    4,   2.0,  0.08,   0.12,   0.34,   0.12),
  FIELD(115,  12,  34,  0.35, 1.25, 0.70,   10,   1.8,  0.26,   0.15,   0.00,   0.18),
  FIELD(116,  30,  29,  0.30, 1.05, 0.95,    6,   2.2,  0.10,   0.15,   0.18,   0.10),
};
/* clang-format on */

const int n_cells_items = G_N_ELEMENTS(cells_items);
