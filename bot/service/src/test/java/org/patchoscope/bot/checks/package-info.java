// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.checks;

import org.jspecify.annotations.NullMarked;
