/* SPDX-License-Identifier: MIT */
#include "set/example.h"
