// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may write: whoever has a token. Without any token configured nobody may. */
public final class Tokens {
    private final List<byte[]> tokens;

    public Tokens(List<String> tokens) {
        this.tokens = tokens.stream()
                .filter(t -> !t.isBlank())
                .map(t -> t.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    boolean mayWrite(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return false;
        }
        byte[] given = authorization.substring("Bearer ".length()).strip().getBytes(StandardCharsets.UTF_8);
        // All of them, in constant time: how long it takes says nothing of how near a guess came.
        boolean found = false;
        for (byte[] token : tokens) {
            found |= MessageDigest.isEqual(token, given);
        }
        return found;
    }
}
