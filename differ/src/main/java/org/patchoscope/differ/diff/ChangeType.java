// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

/** What a diff does with a file. */
public enum ChangeType {
    ADD,
    MODIFY,
    DELETE,
    RENAME,
    COPY
}
