// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Roles.Source;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * How people log in on the pages for administrators: OpenID Connect's authorization code flow (OpenID Connect Core 1.0, section
 * 3.1) with PKCE (RFC 7636) and a nonce. Every other address takes tokens alone, as {@code application.properties} has it.
 */
@Singleton
final class PagesTenant implements TenantConfigResolver {
    private static final String ROOT = "/admin";

    private final Optional<OidcTenantConfig> tenant;

    PagesTenant(ServiceConfig config, LoginSecrets secrets) {
        ServiceConfig.Oidc oidc = config.oidc();
        tenant = oidc.enabled()
                ? oidc.issuer().flatMap(issuer -> oidc.client().map(client -> tenant(config, issuer, client, secrets)))
                : Optional.empty();
    }

    boolean offered() {
        return tenant.isPresent();
    }

    private static OidcTenantConfig tenant(ServiceConfig config, String issuer, String client, LoginSecrets secrets) {
        ServiceConfig.Oidc oidc = config.oidc();
        boolean https = Wiring.site(config).startsWith("https:");
        var out = OidcTenantConfig.authServerUrl(issuer)
                .tenantId("pages")
                .applicationType(ApplicationType.WEB_APP)
                .clientId(client)
                .roles(Source.idtoken, oidc.claim())
                .token()
                .audience(List.of(client))
                .allowJwtIntrospection(false)
                .allowOpaqueTokenIntrospection(false)
                .end()
                .authentication()
                .redirectPath(ROOT + "/login")
                .restorePathAfterRedirect()
                .pkceRequired()
                .nonceRequired()
                .stateSecret(secrets.text("state"))
                .cookiePath(ROOT)
                .cookieForceSecure(https)
                .forceRedirectHttpsScheme(https)
                .end()
                .tokenStateManager()
                .encryptionSecret(secrets.text("session"))
                .end();
        oidc.secret().filter(s -> !s.isBlank()).ifPresent(s -> out.credentials(s));
        return out.build();
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext context, OidcRequestContext<OidcTenantConfig> ways) {
        String path = String.valueOf(context.normalizedPath());
        boolean pages = path.equals(ROOT) || path.startsWith(ROOT + "/") || path.startsWith(ROOT + ".");
        return pages && tenant.isPresent()
                ? Uni.createFrom().item(tenant.get())
                : Uni.createFrom().nullItem();
    }
}
