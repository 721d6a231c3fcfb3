/* SPDX-License-Identifier: MIT */
#include "render/figure.h"
