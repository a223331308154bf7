// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.io.IOException;
import org.patchoscope.mail.store.MailStore;

/** Looks for something in a store of mail while {@link MailFollower} has it open; repeated when it is cut off. */
@FunctionalInterface
public interface MailVisitor {
    /** Takes what is new. */
    void look(MailStore store) throws IOException;
}
