// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.web.access.Tokens;
import org.patchoscope.bot.web.access.Uploads;

/**
 * Stands before all that reads bodies: the framework has a whole body in memory before an address of ours is asked. Who has no token
 * sends none that is large, and of who may have one only so many are read at once.
 */
@Singleton
final class Bodies {
    /** Before the framework's own reader of bodies, which is before all filters. */
    private static final int FIRST = Integer.MIN_VALUE;

    private static final long LARGEST_FORM = 64 << 10;
    private static final int LARGE_AT_ONCE = 2;
    private static final String SUBMIT = "/api/submit";

    private final Tokens tokens;
    private final Answers answers;
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE);

    Bodies(Tokens tokens, Answers answers) {
        this.tokens = tokens;
        this.answers = answers;
    }

    void register(@Observes Router router) {
        var _ = router.route().order(FIRST).handler(this::look);
    }

    private void look(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean chunked = context.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        if (!chunked && size(length) <= LARGEST_FORM) {
            context.next();
        } else if (!context.normalizedPath().equals(SUBMIT) || context.request().method() != HttpMethod.POST) {
            refuse(context, 413, "The body of the request is too large, or its length is not said.");
        } else if (!tokens.mayBeOne(context.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            refuse(context, 401, "not allowed");
        } else if (size(length) > Uploads.LARGEST) {
            refuse(context, 413, "more than " + (Uploads.LARGEST >> 20) + " MB");
        } else if (!large.tryAcquire()) {
            refuse(context, 503, "as many are handed in at the moment as are taken at once");
        } else {
            context.addEndHandler(_ -> large.release());
            context.next();
        }
    }

    private static long size(@Nullable String length) {
        return length == null ? 0 : length.matches("\\d{1,15}") ? Long.parseLong(length) : Long.MAX_VALUE;
    }

    /** The rest of the request is not waited for. */
    private void refuse(RoutingContext context, int status, String why) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close");
        if (status == 401) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
        }
        String body =
                answers.asText(Problem.of(status, why, "send a token of the configuration, and one thread at a time"));
        context.response()
                .end(body)
                .onComplete(_ -> context.request().connection().close());
    }
}
