// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.time.Instant;
import java.util.List;

/** What is done about a review, and why. The reasons are kept with it and shown. */
public sealed interface Action {
    /** Why, as sentences. */
    List<String> reasons();

    /** Nothing is said. */
    record Silence(List<String> reasons) implements Action {
        /** Makes one. */
        public Silence {
            reasons = List.copyOf(reasons);
        }
    }

    /** The reply is kept to be seen, and not sent. */
    record Preview(Policy.Audience to, List<String> reasons) implements Action {
        /** Makes one. */
        public Preview {
            reasons = List.copyOf(reasons);
        }
    }

    /** The reply waits for a person to let it go, and then for {@code notBefore}. */
    record Moderate(Policy.Audience to, Instant notBefore, List<String> reasons) implements Action {
        /** Makes one. */
        public Moderate {
            reasons = List.copyOf(reasons);
        }
    }

    /** The reply is sent, but not before a time. */
    record Send(Policy.Audience to, Instant notBefore, List<String> reasons) implements Action {
        /** Makes one. */
        public Send {
            reasons = List.copyOf(reasons);
        }
    }
}
