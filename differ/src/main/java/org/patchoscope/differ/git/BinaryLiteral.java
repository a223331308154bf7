// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.util.Base85;

/** Writes content as the literal of a "GIT binary patch". */
final class BinaryLiteral {
    private static final int LINE = 52;

    private BinaryLiteral() {}

    static void write(byte[] content, ByteArrayOutputStream out) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(content);
        }
        byte[] data = deflated.toByteArray();
        out.writeBytes(("GIT binary patch\nliteral " + content.length + "\n").getBytes(US_ASCII));
        for (int at = 0; at < data.length; at += LINE) {
            int length = Math.min(LINE, data.length - at);
            out.write(length <= 26 ? 'A' + length - 1 : 'a' + length - 27);
            out.writeBytes(Base85.encode(data, at, length));
            out.write('\n');
        }
        out.write('\n');
    }
}
