// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.differ.versions;

import org.jspecify.annotations.NullMarked;
