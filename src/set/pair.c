/* SPDX-License-Identifier: MIT */
#include "set/pair.h"
