/* SPDX-License-Identifier: MIT */
#include "render/pyramid.h"
