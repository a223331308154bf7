// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.admin;

import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.access.Administrators;
import org.patchoscope.bot.web.access.Login;
import org.patchoscope.bot.web.access.Login.Person;

/** Lets administrators pass, and sends to their issuer who has not logged in. */
@Provider
@AdminOnly
@Priority(Priorities.AUTHORIZATION)
public final class AdminFilter implements ContainerRequestFilter {
    private static final Logger LOG = Logger.getLogger(AdminFilter.class);

    // The framework makes filters before it has read the settings.
    private final jakarta.inject.Provider<Login> login;
    private final jakarta.inject.Provider<Answers> answers;
    private final jakarta.inject.Provider<Administrators> administrators;

    AdminFilter(
            jakarta.inject.Provider<Login> login,
            jakarta.inject.Provider<Answers> answers,
            jakarta.inject.Provider<Administrators> administrators) {
        this.administrators = administrators;
        this.login = login;
        this.answers = answers;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!login.get().offered()) {
            request.abortWith(answers.get().missing("Nobody logs in here: no issuer is configured."));
            return;
        }
        Optional<Person> person;
        try {
            person = login.get().person();
        } catch (AuthenticationCompletionException e) {
            LOG.infof("somebody's login was refused: %s", reason(e));
            request.abortWith(refuse(401, "Not logged in", "Logging in failed. Begin again at /admin/."));
            return;
        }
        if (person.isEmpty()) {
            if (!request.getMethod().equals(HttpMethod.GET)) {
                // What a form says is not carried along to the issuer and back.
                request.abortWith(
                        refuse(401, "Not logged in", "Nothing was done. Log in at /admin/, and do it again there."));
                return;
            }
            // The framework makes a redirection of this.
            throw new UnauthorizedException();
        }
        if (!person.get().administrator()) {
            request.abortWith(answers.get().refused(administrators.get().refused(person.get())));
        }
    }

    /** By its kind alone: what it says may be a stranger's words, or what a token holds. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }

    private Response refuse(int status, String title, String text) {
        return answers.get().message(status, title, text);
    }
}
