// SPDX-License-Identifier: Apache-2.0
/** The interface for programs. */
@NullMarked
package org.patchoscope.bot.web.api;

import org.jspecify.annotations.NullMarked;
