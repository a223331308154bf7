// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.quarkus.oidc.OidcSession;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.patchoscope.bot.web.access.Login;

/** Who logged in, by the session that the library keeps in a cookie: their ID token, encrypted. */
@Singleton
final class PagesLogin implements Login {
    private static final Logger LOG = Logger.getLogger(PagesLogin.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PagesTenant tenant;
    private final String role;
    private final CurrentIdentityAssociation identity;
    private final OidcSession session;

    PagesLogin(ServiceConfig config, PagesTenant tenant, CurrentIdentityAssociation identity, OidcSession session) {
        this.tenant = tenant;
        role = config.oidc().role();
        this.identity = identity;
        this.session = session;
    }

    @Override
    public boolean offered() {
        return tenant.offered();
    }

    @Override
    public Optional<Person> person() {
        SecurityIdentity who;
        try {
            who = identity.getDeferredIdentity().await().atMost(PATIENCE);
        } catch (AuthenticationFailedException e) {
            // A session that has ended, or a cookie that is none of ours.
            LOG.infof("nobody is logged in by a cookie: %s", e.getClass().getSimpleName());
            return Optional.empty();
        }
        return who.isAnonymous()
                ? Optional.empty()
                : Optional.of(new Person(
                        name(who), Objects.toString(session.getIdToken().getRawToken(), ""), who.hasRole(role)));
    }

    /** Names can be chosen by whom they name; the subject cannot (OpenID Connect Core 1.0, section 5.7). */
    private String name(SecurityIdentity who) {
        String name = Objects.toString(who.getPrincipal().getName(), "");
        String subject = Objects.toString(session.getIdToken().getSubject(), "");
        return name.equals(subject) ? name : name + " (" + subject + ")";
    }

    @Override
    public void end() {
        session.logout().await().atMost(PATIENCE);
    }
}
