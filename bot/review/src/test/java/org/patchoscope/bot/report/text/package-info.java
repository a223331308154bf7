// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.report.text;

import org.jspecify.annotations.NullMarked;
