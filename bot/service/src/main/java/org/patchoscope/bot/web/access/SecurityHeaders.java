// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Headers of every answer, whoever makes it: nothing is loaded from elsewhere, nothing runs, nobody frames a page. What is for
 * administrators is kept nowhere.
 */
@Singleton
public final class SecurityHeaders {
    public static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";
    /** Before all that answers. */
    private static final int FIRST = 10_000;

    void register(@Observes Filters filters) {
        filters.register(SecurityHeaders::put, FIRST);
    }

    private static void put(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        if (String.valueOf(context.normalizedPath()).startsWith("/admin")) {
            headers.set("Cache-Control", "no-store");
        }
        context.next();
    }
}
