/* SPDX-License-Identifier: MIT */
#include "io/png.h"
