// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Answers 429 to an address that asks too often. Who has a token is not counted; monitoring does not come this way. */
@jakarta.ws.rs.ext.Provider
@PreMatching
public final class RateFilter implements ContainerRequestFilter {
    // The framework makes filters before it has read the settings.
    private final Provider<RateLimit> limit;
    private final Provider<Tokens> tokens;

    @Context
    @Nullable
    HttpServerRequest request;

    RateFilter(Provider<RateLimit> limit, Provider<Tokens> tokens) {
        this.limit = limit;
        this.tokens = tokens;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        String address = request == null || request.remoteAddress() == null
                ? ""
                : String.valueOf(request.remoteAddress().hostAddress());
        if (!limit.get().allows(address)
                && !tokens.get().isConfigured(context.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            context.abortWith(Response.status(429)
                    .header(HttpHeaders.RETRY_AFTER, "10")
                    .type(MediaType.TEXT_PLAIN_TYPE)
                    .entity("Too many requests from your address. Try again in ten seconds.\n")
                    .build());
        }
    }
}
