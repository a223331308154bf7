// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Where b4 thinks that the page of a patchset is; the number is that of its checks, which is the series'. */
@Path("/patch/{id:\\d{1,15}}")
public final class PatchsetLink {
    @GET
    public Response follow(@PathParam("id") long id) {
        return Response.seeOther(URI.create(Lines.series(id))).build();
    }
}
