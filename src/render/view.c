/* SPDX-License-Identifier: MIT */
#include "render/view.h"
