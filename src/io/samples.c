/* SPDX-License-Identifier: MIT */
#include "io/samples.h"
