// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.report.html;

import org.jspecify.annotations.NullMarked;
