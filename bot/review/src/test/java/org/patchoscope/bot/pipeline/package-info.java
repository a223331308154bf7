// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.pipeline;

import org.jspecify.annotations.NullMarked;
