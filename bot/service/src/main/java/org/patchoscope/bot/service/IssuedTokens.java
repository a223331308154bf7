// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Tokens of an OpenID Connect issuer, where one is configured: signed JWTs (RFC 7519), which are verified here by the issuer's
 * published keys. They come in a header or in a form, so the extension does not look for them itself
 * ({@code quarkus.http.auth.proactive}).
 */
@Singleton
final class IssuedTokens implements Predicate<String> {
    private static final Logger LOG = Logger.getLogger(IssuedTokens.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Three parts; anything else would have to be asked of the issuer. */
    private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private static final int LONGEST = 16_000;

    private final ServiceConfig.Oidc config;
    private final IdentityProviderManager identities;
    private final CurrentVertxRequest request;

    IssuedTokens(ServiceConfig config, IdentityProviderManager identities, CurrentVertxRequest request) {
        this.config = config.oidc();
        this.identities = identities;
        this.request = request;
    }

    @Override
    public boolean test(String token) {
        if (!config.enabled() || token.length() > LONGEST || !JWT.matcher(token).matches()) {
            return false;
        }
        try {
            var asked = new TokenAuthenticationRequest(new AccessTokenCredential(token));
            HttpSecurityUtils.setRoutingContextAttribute(asked, request.getCurrent());
            SecurityIdentity who = identities.authenticate(asked).await().atMost(PATIENCE);
            return who.hasRole(config.role());
        } catch (RuntimeException e) {
            // Whatever is wrong with it, or with the issuer: the token is never written down.
            LOG.infof("a token was refused: %s", e.getClass().getSimpleName());
            return false;
        }
    }
}
