// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.List;

/** The faults that can be made in a single instruction. */
interface SiteFaults {
    List<Fault> of(Site site);
}
