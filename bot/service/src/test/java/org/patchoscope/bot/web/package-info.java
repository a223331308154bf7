// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.web;

import org.jspecify.annotations.NullMarked;
