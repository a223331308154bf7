// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Tells mail that a program wrote. Such mail is never answered. {@code Precedence: bulk} says nothing, because lists add it
 * to everybody's mail.
 */
public final class AutomaticMail {
    /** Words in the local parts of robots' addresses: testers, trackers, patchwork's and review bots, delivery reports. */
    private static final Set<String> ROBOTS = Set.of(
            "bot",
            "bot2",
            "robot",
            "syzbot",
            "syzkaller",
            "lkp",
            "kernelci",
            "noreply",
            "mailer",
            "postmaster",
            "bounces");

    private AutomaticMail() {}

    /** Whether a program wrote the mail, by its headers (RFC 3834, 5) and its sender. */
    public static boolean is(Message message) {
        boolean declared = message.header("Auto-Submitted")
                .map(v -> v.toLowerCase(Locale.ROOT).strip())
                .filter(v -> !v.isEmpty() && !v.startsWith("no"))
                .isPresent();
        return declared || isRobot(message.from());
    }

    private static boolean isRobot(Address from) {
        int at = from.address().indexOf('@');
        if (at < 0 || at > 320 || from.isRelay()) {
            return false;
        }
        String local = from.address().substring(0, at).toLowerCase(Locale.ROOT).replace("no-reply", "noreply");
        return Arrays.stream(local.split("[-+._]")).anyMatch(ROBOTS::contains)
                || from.name().equalsIgnoreCase("kernel test robot");
    }
}
