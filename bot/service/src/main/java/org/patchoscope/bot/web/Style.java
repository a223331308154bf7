// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The style sheet and the icon. */
@Path("/")
public final class Style {
    private final Site site;

    Style(Site site) {
        this.site = site;
    }

    /** For who walks through all pages: not through every search that there is. */
    @GET
    @Path("robots.txt")
    public Response robots() {
        String text = """
                User-agent: *
                Disallow: /search
                Disallow: /admin
                Disallow: /outbox
                Disallow: /api
                Disallow: /all
                Disallow: /q/
                Disallow: /*.json$
                """;
        return Response.ok(text, "text/plain;charset=utf-8")
                .header("Cache-Control", "public, max-age=86400")
                .build();
    }

    @GET
    @Path("icon.svg")
    public Response icon() {
        return Response.ok(site.icon(), "image/svg+xml")
                .header("Cache-Control", "public, max-age=86400")
                .build();
    }

    @GET
    @Path("style-{hash}.css")
    public Response show() {
        return Response.ok(site.style(), "text/css;charset=utf-8")
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .build();
    }
}
