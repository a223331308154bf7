// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.semantics;

import org.jspecify.annotations.NullMarked;
