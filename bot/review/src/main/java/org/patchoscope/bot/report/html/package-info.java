// SPDX-License-Identifier: Apache-2.0
/** Reports as pages. */
@NullMarked
package org.patchoscope.bot.report.html;

import org.jspecify.annotations.NullMarked;
