// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.pipeline.wording;

import org.jspecify.annotations.NullMarked;
