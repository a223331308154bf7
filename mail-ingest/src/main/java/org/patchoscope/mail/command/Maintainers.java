// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.command;

import org.patchoscope.mail.series.Series;

/** Who maintains the files that a series touches; a kernel tree's own file says so, which mail knows nothing of. */
@FunctionalInterface
public interface Maintainers {
    /** Nobody is known to maintain anything. */
    Maintainers NONE = (address, series) -> false;

    /**
     * Whether somebody maintains a file that the series touches.
     *
     * @param address in lower case
     */
    boolean maintains(String address, Series series);
}
