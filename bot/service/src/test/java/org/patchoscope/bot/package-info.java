// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot;

import org.jspecify.annotations.NullMarked;
