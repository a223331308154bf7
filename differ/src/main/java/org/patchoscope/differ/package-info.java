// SPDX-License-Identifier: Apache-2.0
/**
 * A series of patches applied to a reference tree, in memory: the state after every patch, what
 * each patch touches, and why one does not apply. Nothing here shows a JGit type.
 */
@NullMarked
package org.patchoscope.differ;

import org.jspecify.annotations.NullMarked;
