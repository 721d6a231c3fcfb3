/* SPDX-License-Identifier: MIT */
#include "render/compose.h"
