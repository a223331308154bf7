// SPDX-License-Identifier: Apache-2.0
/** Who may ask for what, and how often. */
@NullMarked
package org.patchoscope.bot.web.access;

import org.jspecify.annotations.NullMarked;
