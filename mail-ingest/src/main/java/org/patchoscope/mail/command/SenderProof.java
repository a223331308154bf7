// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.mail.Address;
import org.patchoscope.mail.Header;
import org.patchoscope.mail.Message;

/**
 * Whether a mail comes from whom its From says. Anybody can write any From, so a mail server that one believes must have
 * said ({@code Authentication-Results}, RFC 8601) that DMARC passed for the From domain, or DKIM for a signature of it or
 * of a domain above it. Only the topmost field is looked at: those below may have come with the mail.
 */
public final class SenderProof {
    private static final int LONGEST = 10_000;
    private static final Pattern RESULT = Pattern.compile("(dkim|dmarc) ?= ?pass(?: .*)?");
    private static final Pattern SIGNER = Pattern.compile("(?:^| )header\\.(?:d|i) ?= ?(?:[^@ ]*@)?([a-z0-9.-]+)");
    private static final Pattern AUTHOR = Pattern.compile("(?:^| )header\\.from ?= ?(?:[^@ ]*@)?([a-z0-9.-]+)");

    private SenderProof() {}

    /** The one address of the one From field, in lower case; nothing when there are several, none, or a relay's. */
    public static Optional<String> sender(Message message) {
        List<Address> all = message.addresses("From");
        boolean one = all.size() == 1
                && message.headers().stream().filter(h -> h.is("From")).count() == 1;
        return one
                        && !all.getFirst().isRelay()
                        && domain(all.getFirst().address()).length() > 0
                ? Optional.of(all.getFirst().address().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /**
     * Whether the sender's address is proven.
     *
     * @param believed servers' names, in lower case
     */
    public static boolean isProven(Message message, Set<String> believed) {
        Optional<String> sender = sender(message);
        Optional<String> field = message.headers().stream()
                .filter(h -> h.is("Authentication-Results"))
                .findFirst()
                .map(Header::value)
                .filter(v -> v.length() <= LONGEST);
        return sender.isPresent() && field.isPresent() && passed(field.get(), domain(sender.get()), believed);
    }

    private static boolean passed(String field, String domain, Set<String> believed) {
        String[] statements = bare(field).toLowerCase(Locale.ROOT).split(";", -1);
        String server = statements[0].strip().split("\\s+")[0];
        if (!believed.contains(server)) {
            return false;
        }
        for (String statement : statements) {
            String text = statement.strip().replaceAll("\\s+", " ");
            Matcher result = RESULT.matcher(text);
            if (result.matches()
                    && (result.group(1).equals("dmarc")
                            ? named(AUTHOR, text).equals(domain)
                            : aligned(domain, named(SIGNER, text)))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The field without comments, and with a mark for each quoted string: both may hold what a stranger wrote, such as the
     * local part of an address. Empty when one is not closed.
     */
    private static String bare(String field) {
        StringBuilder out = new StringBuilder(field.length());
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\') {
                i++;
            } else if (quoted) {
                quoted = c != '"';
            } else if (c == '(' || c == ')') {
                depth = Math.max(0, depth + (c == '(' ? 1 : -1));
                out.append(' ');
            } else if (depth == 0) {
                quoted = c == '"';
                out.append(c == '"' ? '_' : c);
            }
        }
        return quoted || depth > 0 ? "" : out.toString();
    }

    private static String named(Pattern property, String text) {
        Matcher m = property.matcher(text);
        return m.find() ? m.group(1) : "";
    }

    /** Equal, or the signer is above; a single label such as a top-level domain signs for nobody below. */
    private static boolean aligned(String domain, String signer) {
        return domain.equals(signer) || (signer.indexOf('.') > 0 && domain.endsWith("." + signer));
    }

    private static String domain(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? "" : address.substring(at + 1).toLowerCase(Locale.ROOT);
    }
}
