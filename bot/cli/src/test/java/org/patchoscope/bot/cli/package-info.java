// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.cli;

import org.jspecify.annotations.NullMarked;
