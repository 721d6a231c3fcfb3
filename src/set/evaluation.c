/* SPDX-License-Identifier: MIT */
#include "set/evaluation.h"
