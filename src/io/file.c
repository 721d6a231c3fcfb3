/* SPDX-License-Identifier: MIT */
#include "io/file.h"
