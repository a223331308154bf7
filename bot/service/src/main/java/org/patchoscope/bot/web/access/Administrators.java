// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ForbiddenException;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.web.access.Login.Person;

/** Who looks at a page for administrators, behind the filter of administrators. */
@Singleton
public final class Administrators {
    private final Login login;
    private final FormKey key;

    Administrators(Login login, FormKey key) {
        this.login = login;
        this.key = key;
    }

    /**
     * Who looks, for the head of a page.
     *
     * @param form what forms of the page carry; not part of its JSON, which others may get to see
     */
    public record Viewer(String name, @JsonIgnore String form) {}

    public Viewer viewer() {
        Person person = current();
        return new Viewer(person.name(), key.of(person));
    }

    /**
     * Who sent a form.
     *
     * @param form what it carries
     * @param site what the browser says of the page that sent it (Sec-Fetch-Site, W3C Fetch Metadata), if it does
     * @throws ForbiddenException if it is not a form that was shown to them
     */
    public Person sender(@Nullable String form, @Nullable String site) {
        return sent(current(), form, site);
    }

    /** The same of whoever is logged in, also if it is no administrator. */
    public Person anybody(@Nullable String form, @Nullable String site) {
        return sent(login.person().orElseThrow(ForbiddenException::new), form, site);
    }

    /** Who looks and may not, for the page that says so. */
    public Viewer refused(Person person) {
        return new Viewer(person.toString(), key.of(person));
    }

    private Person sent(Person person, @Nullable String form, @Nullable String site) {
        if (!key.fits(person, form) || !(site == null || site.equals("same-origin"))) {
            throw new ForbiddenException();
        }
        return person;
    }

    private Person current() {
        return login.person().filter(Person::administrator).orElseThrow(ForbiddenException::new);
    }
}
