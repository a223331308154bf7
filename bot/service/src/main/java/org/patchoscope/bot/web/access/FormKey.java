// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What forms of administrators carry, so that no page elsewhere can send one for them: a code (HMAC, RFC 2104) of the session,
 * which is worth nothing in another.
 */
public final class FormKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * Makes it.
     *
     * @param secret of processes that take each other's forms
     */
    public FormKey(byte[] secret) {
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    String of(Login.Person person) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(person.session()));
    }

    boolean fits(Login.Person person, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        of(person).getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
