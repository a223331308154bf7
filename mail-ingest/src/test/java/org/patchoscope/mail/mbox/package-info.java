// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.mail.mbox;

import org.jspecify.annotations.NullMarked;
