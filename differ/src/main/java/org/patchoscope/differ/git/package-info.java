// SPDX-License-Identifier: Apache-2.0
/** The only package that uses JGit: objects in, objects out, with plain values at its border. */
@NullMarked
package org.patchoscope.differ.git;

import org.jspecify.annotations.NullMarked;
