// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A content key under construction; every part is preceded by its length, so parts cannot run into each other. */
public final class Digest {
    private final MessageDigest digest;

    public Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public Digest add(byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
        return this;
    }

    public Digest add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    public Digest addAll(Iterable<String> parts) {
        int count = 0;
        for (String part : parts) {
            add(part);
            count++;
        }
        return add(Integer.toString(count));
    }

    public String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, 20);
    }

    static String of(byte[] content) {
        return new Digest().add(content).hex();
    }
}
