// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.patchoscope.bot.web.access.Administrators;

/** Pages as answers to requests, in the form that was asked for. */
@Singleton
public final class Answers {
    public static final String JSON = ".json";

    private final Site site;

    Answers(Site site) {
        this.site = site;
    }

    /** A page as HTML, or as JSON where the address ends in {@code .json}. */
    public Response page(View view, String form) {
        return form.equals(JSON) ? json(view.data()) : html(view, 200);
    }

    public Response json(Object data) {
        return Response.ok(site.json(data), MediaType.APPLICATION_JSON_TYPE.withCharset("utf-8"))
                .build();
    }

    public Response json(Object data, int status) {
        return Response.status(status)
                .entity(site.json(data))
                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("utf-8"))
                .build();
    }

    /**
     * What went wrong, for a program (RFC 9457).
     *
     * @param detail what is wrong with this request
     * @param advice what to do
     */
    public Response problem(int status, String detail, String advice) {
        return Response.status(status)
                .entity(site.json(Problem.of(status, detail, advice)))
                .type(Problem.TYPE)
                .build();
    }

    /** A token is asked for. The rest of the request is not waited for. */
    public Response unauthorized() {
        return Response.fromResponse(
                        problem(401, "not allowed", "send a token of the configuration as Authorization: Bearer"))
                .header("WWW-Authenticate", "Bearer")
                .header("Connection", "close")
                .build();
    }

    /** Data as the text of a JSON document, to be part of another. */
    public String asText(Object data) {
        return site.json(data);
    }

    /** What {@link #asText} wrote. */
    <T> T fromText(String text, Class<T> type) {
        return site.fromJson(text, type);
    }

    Response text(String text) {
        return Response.ok(text, MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8")).build();
    }

    public Response missing(String what) {
        return message(404, "Not here", what);
    }

    public Response message(int status, String title, String text) {
        return html(View.of("message", title, "", new Message(title, text)), status);
    }

    /** For who is logged in and no administrator. */
    public Response refused(Administrators.Viewer who) {
        return html(View.of("admin-refused", "Not allowed", "", who), 403);
    }

    /** A page that says one thing. */
    record Message(String title, String text) {}

    private Response html(View view, int status) {
        return Response.status(status)
                .entity(site.html(view))
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .build();
    }
}
