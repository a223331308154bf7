// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong: a page for people, a problem detail (RFC 9457) for programs. Of what is this program's fault the reader is told
 * a number under which the operator finds the rest.
 */
@Provider
public final class Errors implements ExceptionMapper<Exception> {
    private static final Logger LOG = Logger.getLogger(Errors.class);

    private static final Map<Integer, String> WHAT = Map.of(
            400, "The request is not one that this address takes.",
            401, "A token is asked for here.",
            404, "There is nothing at this address.",
            405, "This address does not take requests of this method.",
            406, "What would be acceptable is not what there is here.",
            408, "The request took too long to come.",
            413, "The body of the request is too large.",
            414, "The address is too long.",
            415, "The Content-Type is not one that this address takes.");

    private final Answers answers;

    @Context
    @Nullable
    HttpServerRequest request;

    Errors(Answers answers) {
        this.answers = answers;
    }

    /** What is refused before it comes to an address of ours has no body otherwise. */
    void register(@Observes Router router) {
        for (int status : List.of(400, 404, 405, 406, 408, 413, 414, 415)) {
            router.errorHandler(status, context -> answer(context, status));
        }
    }

    @Override
    public Response toResponse(Exception failure) {
        if (failure instanceof WebApplicationException w) {
            Response.ResponseBuilder answer =
                    Response.fromResponse(answer(w.getResponse().getStatus(), request == null ? "" : request.path()));
            Object allowed = w.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
            return (allowed == null ? answer : answer.header(HttpHeaders.ALLOW, allowed)).build();
        }
        if (isOfTheClient(failure)) {
            LOG.infof("a request stopped coming: %s", failure.getMessage());
            return answer(408, request == null ? "" : request.path());
        }
        String number = UUID.randomUUID().toString();
        LOG.errorf(failure, "request failed, number %s", number);
        String what = "It was not your doing. The operator finds it under " + number + ".";
        return isForPrograms(request == null ? "" : request.path())
                ? answers.problem(500, what, "try again later")
                : answers.message(500, "This failed", what);
    }

    /** A client that stalls, or goes in the middle of what it sends, is no fault of this program. */
    private static boolean isOfTheClient(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String said = String.valueOf(t.getMessage());
            if (t instanceof IOException
                    && (said.contains("timed out") || said.contains("closed") || said.contains("reset by peer"))) {
                return true;
            }
        }
        return false;
    }

    private Response answer(int status, String path) {
        String what = WHAT.getOrDefault(status, "The request is not one that this address takes.");
        if (isForPrograms(path)) {
            return answers.problem(status, what, "see /q/openapi");
        }
        return answers.message(status, status == 404 ? "Not here" : "Not understood", what);
    }

    private void answer(RoutingContext context, int status) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        Response answer = answer(status, String.valueOf(context.normalizedPath()));
        context.response().setStatusCode(status);
        context.response().putHeader("Content-Type", answer.getMediaType().toString());
        var _ = context.response().end(answer.getEntity().toString());
    }

    private static boolean isForPrograms(String path) {
        return path.startsWith("/api/") || path.equals("/api") || path.endsWith(".json");
    }
}
