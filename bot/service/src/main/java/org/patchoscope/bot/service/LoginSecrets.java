// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys for cookies and forms of those who log in, each its own (HMAC, RFC 2104): made from the secret that the issuer gave this
 * service, so that several processes have the same, or by chance for a process where there is none.
 */
@Singleton
final class LoginSecrets {
    private static final int BYTES = 32;

    private final byte[] root;

    LoginSecrets(ServiceConfig config) {
        root = config.oidc()
                .secret()
                .filter(s -> !s.isBlank())
                .map(s -> s.getBytes(StandardCharsets.UTF_8))
                .orElseGet(LoginSecrets::random);
    }

    private static byte[] random() {
        byte[] out = new byte[BYTES];
        new SecureRandom().nextBytes(out);
        return out;
    }

    /** 32 bytes. */
    byte[] key(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(root, "HmacSHA256"));
            return mac.doFinal(("patchoscope " + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** 32 characters, as the library wants its keys: half of the bytes. */
    String text(String purpose) {
        return HexFormat.of().formatHex(key(purpose), 0, BYTES / 2);
    }
}
