/* SPDX-License-Identifier: MIT */
#include "set/paths.h"
