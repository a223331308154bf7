// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Turns bytes into text whatever the mail claims about them; real mail declares charset "y", none, or a wrong one. */
public final class Charsets {

    /** The text, and whether the declared character set could be used. */
    public record Decoded(String text, boolean asDeclared) {}

    private static final Charset WESTERN = Charset.forName("windows-1252");

    private Charsets() {}

    public static Decoded decode(byte[] bytes, String declared) {
        String name = declared.toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals("utf-8") || name.equals("utf8") || name.equals("us-ascii")) {
            return utf8OrWestern(bytes, true);
        }
        // Senders say iso-8859-1 and mean windows-1252, which is the same but for the control range.
        if (name.equals("iso-8859-1") || name.equals("latin1")) {
            return new Decoded(new String(bytes, WESTERN), true);
        }
        try {
            if (Charset.isSupported(name)) {
                return new Decoded(new String(bytes, Charset.forName(name)), true);
            }
        } catch (IllegalArgumentException e) {
            // An illegal name is as good as an unknown one.
            return utf8OrWestern(bytes, false);
        }
        return utf8OrWestern(bytes, false);
    }

    private static Decoded utf8OrWestern(byte[] bytes, boolean known) {
        // The quick way is right unless it had to put in a replacement, which may also have been sent.
        String quick = new String(bytes, StandardCharsets.UTF_8);
        if (quick.indexOf('\uFFFD') < 0) {
            return new Decoded(quick, known);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Decoded(text, known);
        } catch (CharacterCodingException e) {
            return new Decoded(new String(bytes, WESTERN), false);
        }
    }
}
