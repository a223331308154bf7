// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.patchoscope.bot.report.Digest;

/**
 * By what a finding is known again in a later version of its topic: architecture, kind and what differs, in words. The id
 * of a report cannot serve, because it names the patch, and patches are renumbered.
 */
public final class FindingIdentity {
    private static final int DIGITS = 12;

    private FindingIdentity() {}

    /** The identity of a finding. */
    public static String of(Digest.Entry entry) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text(entry).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether two findings have the same identity. */
    public static boolean same(Digest.Entry one, Digest.Entry other) {
        return text(one).equals(text(other));
    }

    private static String text(Digest.Entry entry) {
        return entry.arch() + "\0" + entry.finding().kind() + "\0"
                + entry.finding().summary();
    }
}
