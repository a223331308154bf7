// SPDX-License-Identifier: Apache-2.0
/** Pages of administrators. */
@NullMarked
package org.patchoscope.bot.web.admin;

import org.jspecify.annotations.NullMarked;
