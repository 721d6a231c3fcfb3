/* SPDX-License-Identifier: MIT */
#include "render/palette.h"
