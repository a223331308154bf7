// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.web.access.Administrators;
import org.patchoscope.bot.web.access.Login;

/** Logs out whoever is logged in, administrator or not: who came with the wrong name wants to come with another. */
@Path("/admin/leave")
@RunOnVirtualThread
public final class AdminLeave {
    private final Administrators administrators;
    private final Login login;

    AdminLeave(Administrators administrators, Login login) {
        this.administrators = administrators;
        this.login = login;
    }

    /** Logs out. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response leave(
            @FormParam("form") @Nullable String form, @HeaderParam("Sec-Fetch-Site") @Nullable String site) {
        administrators.anybody(form, site);
        login.end();
        return Response.seeOther(URI.create("/")).build();
    }
}
