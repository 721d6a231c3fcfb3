/* SPDX-License-Identifier: MIT */
#include "metric/confusion.h"
