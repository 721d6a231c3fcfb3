/* SPDX-License-Identifier: MIT */
#include "io/picture.h"
