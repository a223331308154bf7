// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.config;

import org.jspecify.annotations.NullMarked;
