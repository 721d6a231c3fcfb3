/* SPDX-License-Identifier: MIT */
#include "io/error.h"
