// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.mail.diff;

import org.jspecify.annotations.NullMarked;
