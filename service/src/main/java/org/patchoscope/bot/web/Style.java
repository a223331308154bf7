// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The style sheet. */
@Path("/style-{hash}.css")
public final class Style {
    private final Site site;

    Style(Site site) {
        this.site = site;
    }

    @GET
    public Response show() {
        return Response.ok(site.style(), "text/css;charset=utf-8")
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .build();
    }
}
