// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Raw mail comes out of the store as it went in. */
final class PiecesTest {
    @Test
    void everyLengthComesBack() {
        try (Pieces pieces = new Pieces()) {
            for (int length : new int[] {0, 1, 4000, 512 * 1024, 512 * 1024 + 1, 3_000_000}) {
                byte[] noise = new byte[length];
                new Random(length).nextBytes(noise);
                assertThat(Pieces.join(pieces.of(noise))).isEqualTo(noise);
                byte[] even = new byte[length];
                assertThat(Pieces.join(pieces.of(even))).isEqualTo(even);
            }
        }
    }

    @Test
    void largeMailIsSeveralPieces() {
        try (Pieces pieces = new Pieces()) {
            assertThat(pieces.of(new byte[1_500_000])).hasSize(3);
        }
    }

    @Test
    void deflatedPiecesOfEarlierVersionsAreRead() throws IOException {
        byte[] raw = "Subject: x\n\nBody\n".repeat(2000).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(raw);
        }
        assertThat(Pieces.join(List.of(deflated.toByteArray()))).isEqualTo(raw);
    }

    @Test
    void damageIsNotTakenForMail() {
        try (Pieces pieces = new Pieces()) {
            byte[] piece = pieces.of("From: jo@example.org\n\nx\n".repeat(50).getBytes(StandardCharsets.UTF_8))
                    .getFirst();
            assertThatThrownBy(() -> Pieces.join(List.of(Arrays.copyOf(piece, piece.length / 2))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("damaged");
        }
    }
}
