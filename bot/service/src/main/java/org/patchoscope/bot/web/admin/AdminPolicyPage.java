// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.patchoscope.bot.reply.Policy;
import org.patchoscope.bot.reply.PolicyFile;
import org.patchoscope.bot.store.BounceStore;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.Lines.Moment;
import org.patchoscope.bot.web.View;
import org.patchoscope.bot.web.access.Administrators;
import org.patchoscope.bot.web.access.Administrators.Viewer;

/** The lists' policies as they are in force, what is wrong with their file, and who is not written to. */
@Path("/admin")
@AdminOnly
@RunOnVirtualThread
public final class AdminPolicyPage {
    private static final int MOST = 100;

    private final Answers answers;
    private final Administrators administrators;
    private final PolicyFile policies;
    private final BounceStore bounces;

    AdminPolicyPage(Answers answers, Administrators administrators, PolicyFile policies, BounceStore bounces) {
        this.answers = answers;
        this.administrators = administrators;
        this.policies = policies;
        this.bounces = bounces;
    }

    /** What the page shows. */
    public record Data(
            Viewer viewer,
            String file,
            List<Moment> read,
            String problem,
            List<PolicyLine> lists,
            List<String> optedOut,
            List<UnreachableLine> unreachable) {}

    /** A list's policy, each setting with what it means. */
    public record PolicyLine(String list, String mode, String meaning) {
        static PolicyLine of(String list, Policy p) {
            String mode = p.mode().name().toLowerCase(java.util.Locale.ROOT);
            return new PolicyLine(list, mode, p.inWords());
        }
    }

    /** An address to which mail came back. */
    public record UnreachableLine(String address, Moment since, String status) {}

    @GET
    @Path("policies{form:(\\.json)?}")
    public Response show(@PathParam("form") String form) {
        PolicyFile.InForce inForce = policies.inForce();
        Data data = new Data(
                administrators.viewer(),
                inForce.file(),
                inForce.read().map(Moment::of).stream().toList(),
                inForce.problem(),
                inForce.policies().entrySet().stream()
                        .map(e -> PolicyLine.of(e.getKey(), e.getValue()))
                        .toList(),
                inForce.optedOut(),
                bounces.unreachable(MOST).stream()
                        .map(u -> new UnreachableLine(u.address(), Moment.of(u.since()), u.status()))
                        .toList());
        return answers.page(View.of("admin-policies", "Policies", "/admin/policies", data), form);
    }
}
