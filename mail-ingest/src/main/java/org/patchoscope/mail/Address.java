// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One mailbox: a display name (may be empty) and an address (may be empty when the header was unreadable). Names are
 * decoded; parentheses stay part of the name, as people write {@code Jo Doe (Company) <jo@example.org>}.
 */
public record Address(String name, String address) {

    /** For a mail that does not say who wrote it. */
    public static final Address NOBODY = new Address("", "");

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern VIA = Pattern.compile(".+ via .+");

    /** Reads the first mailbox of a header value, or {@link #NOBODY}. */
    public static Address parse(String text) {
        List<Address> all = parseAll(text);
        return all.isEmpty() ? NOBODY : all.getFirst();
    }

    /** Reads every mailbox of a header value; pieces that hold none are passed over. */
    public static List<Address> parseAll(String text) {
        List<Address> found = new ArrayList<>();
        for (String piece : split(text)) {
            Address address = one(piece.strip());
            if (!address.equals(NOBODY)) {
                found.add(address);
            }
        }
        return List.copyOf(found);
    }

    /** {@code Name <address>} as git shows an author; the bare address when there is no name. */
    public String display() {
        return name.isEmpty() ? address : name + " <" + address + ">";
    }

    /** True for the relays and list gateways that replace an author's address by their own. */
    public boolean isRelay() {
        return address.startsWith("devnull+") || VIA.matcher(name).matches();
    }

    private static Address one(String piece) {
        int open = piece.lastIndexOf('<');
        int close = piece.indexOf('>', Math.max(open, 0));
        if (open >= 0 && close > open) {
            String address = piece.substring(open + 1, close).strip();
            return new Address(
                    unquote(HeaderText.decodeWords(piece.substring(0, open).strip())), address);
        }
        int comment = piece.indexOf('(');
        if (comment > 0 && piece.endsWith(")")) {
            String name = piece.substring(comment + 1, piece.length() - 1);
            return new Address(
                    HeaderText.decodeWords(name).strip(),
                    piece.substring(0, comment).strip());
        }
        return piece.indexOf('@') > 0 ? new Address("", piece) : NOBODY;
    }

    private static String unquote(String name) {
        String text = name;
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        String plain = text.indexOf('\\') < 0 ? text : text.replaceAll("\\\\(.)", "$1");
        return BLANKS.matcher(plain).replaceAll(" ").strip();
    }

    private static List<String> split(String text) {
        List<String> pieces = new ArrayList<>();
        boolean quoted = false;
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == '<')) {
                depth++;
            } else if (!quoted && (c == ')' || c == '>')) {
                depth = Math.max(0, depth - 1);
            } else if (!quoted && depth == 0 && (c == ',' || c == ';')) {
                pieces.add(text.substring(start, i));
                start = i + 1;
            }
        }
        pieces.add(text.substring(start));
        return pieces;
    }
}
