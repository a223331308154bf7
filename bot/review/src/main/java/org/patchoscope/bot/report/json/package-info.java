// SPDX-License-Identifier: Apache-2.0
/** Reports as JSON. */
@NullMarked
package org.patchoscope.bot.report.json;

import org.jspecify.annotations.NullMarked;
