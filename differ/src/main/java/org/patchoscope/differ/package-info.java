// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.differ;

import org.jspecify.annotations.NullMarked;
