/* SPDX-License-Identifier: MIT */
#include "set/classes.h"
