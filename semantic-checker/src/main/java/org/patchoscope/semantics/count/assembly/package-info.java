// SPDX-License-Identifier: Apache-2.0
/** Instructions counted statically, line by line of assembly. */
@NullMarked
package org.patchoscope.semantics.count.assembly;

import org.jspecify.annotations.NullMarked;
