// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who may write: whoever has a token. Without any token configured, and without an issuer of some, nobody may. */
public final class Tokens {
    private static final String BEARER = "Bearer ";

    private final List<byte[]> tokens;
    private final Predicate<String> issued;

    /**
     * Makes it.
     *
     * @param tokens of the configuration
     * @param issued whether another one was issued to somebody who may write
     */
    public Tokens(List<String> tokens, Predicate<String> issued) {
        this.issued = issued;
        this.tokens = tokens.stream()
                .filter(t -> !t.isBlank())
                .map(t -> t.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    public boolean mayWrite(@Nullable String authorization) {
        return isConfigured(authorization)
                || given(authorization).filter(issued).isPresent();
    }

    /** The scheme has no case (RFC 9110, 11.1). */
    private static Optional<String> given(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    /** Whether it is one of the configuration, or has the form of those that an issuer makes: what can be said without asking it. */
    public boolean mayBeOne(@Nullable String authorization) {
        return isConfigured(authorization)
                || given(authorization)
                        .filter(t -> t.matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+"))
                        .isPresent();
    }

    /** Whether it is one of the configuration, which costs nothing to find out. */
    boolean isConfigured(@Nullable String authorization) {
        byte[] given = given(authorization).orElse("").getBytes(StandardCharsets.UTF_8);
        // All of them, in constant time: how long it takes says nothing of how near a guess came.
        boolean found = false;
        for (byte[] token : tokens) {
            found |= MessageDigest.isEqual(token, given);
        }
        return found;
    }
}
