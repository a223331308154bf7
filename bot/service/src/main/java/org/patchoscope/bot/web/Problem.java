// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * A problem detail (RFC 9457), as every address for programs answers what it does not do.
 *
 * @param type a kind of problem; {@code about:blank} says that the status is all there is to it
 * @param title of the status
 * @param status of HTTP
 * @param detail what is wrong with this request
 * @param advice what to do
 */
public record Problem(String type, String title, int status, String detail, String advice) {
    public static final String TYPE = "application/problem+json";

    static Problem of(int status, String detail, String advice) {
        String title = Optional.ofNullable(Response.Status.fromStatusCode(status))
                .map(Response.Status::getReasonPhrase)
                .orElse("Unprocessable Content");
        return new Problem("about:blank", title, status, detail, advice);
    }
}
