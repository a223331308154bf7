// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What went wrong, as a page: the reader is told a number under which the operator finds the rest. */
@Provider
public final class Errors implements ExceptionMapper<Exception> {
    private static final Logger LOG = Logger.getLogger(Errors.class);

    private final Answers answers;

    Errors(Answers answers) {
        this.answers = answers;
    }

    @Override
    public Response toResponse(Exception failure) {
        if (failure instanceof WebApplicationException w) {
            int status = w.getResponse().getStatus();
            return status == 404
                    ? answers.missing("There is no page of this address.")
                    : answers.message(status, "Not understood", "The request is not one that this page takes.");
        }
        String number = UUID.randomUUID().toString();
        LOG.errorf(failure, "request failed, number %s", number);
        return answers.message(
                500, "This failed", "It was not your doing. The operator finds it under " + number + ".");
    }
}
