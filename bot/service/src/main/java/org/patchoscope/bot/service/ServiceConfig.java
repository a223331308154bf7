// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.patchoscope.bot.reply.Postman;

/**
 * Settings of the service: a {@linkplain SettingsFile file}, {@code PATCHOSCOPE_SERVICE_*} in the environment, or
 * {@code patchoscope.service.*} as system properties. A setting has one name: that of its method here.
 */
@ConfigMapping(prefix = "patchoscope.service", namingStrategy = ConfigMapping.NamingStrategy.VERBATIM)
interface ServiceConfig {
    /** Where reviews and their index are kept. */
    @WithDefault("${user.home}/.local/share/patchoscope")
    String data();

    /** Trees, builds and tools. */
    @WithDefault("${user.home}/.cache/patchoscope")
    String cache();

    /** Address to listen on. */
    @WithDefault("localhost")
    String host();

    /** Port to listen on. */
    @WithDefault("8080")
    int port();

    /** Registered tree that series are reviewed on. */
    Optional<String> tree();

    /** Architectures that are reviewed where a series concerns them. */
    @WithDefault("arm64,x86_64")
    String archs();

    /** Configurations derived from the changed code at most. */
    @WithDefault("0")
    int variants();

    /** Minutes that one review may take; then it tells what it has compared. */
    @WithDefault("60")
    int reviewMinutes();

    /** Compiler processes; without it one per processor. */
    OptionalInt jobs();

    /** What this process does. */
    @WithDefault("all")
    Role role();

    /** Processes that share a database may do different things. */
    enum Role {
        /** Pages, reviews and replies. */
        ALL,
        /** Pages only. */
        WEB,
        /** Reviews and replies; of the pages only those for monitoring are of use. */
        WORKER
    }

    /** The store of mail that is followed. */
    Store store();

    /** A store of mail, which {@code patchoscope mail} fills. */
    interface Store {
        /** A directory, which need not be there yet, or {@code jdbc:postgresql://…}. */
        @WithDefault("${user.home}/.local/share/patchoscope/mail")
        String location();

        /** Name to log in with. */
        Optional<String> user();

        /** Password to log in with. */
        Optional<String> password();

        /** Series posted before this day are passed over. */
        @WithDefault("1970-01-01")
        LocalDate since();

        /** Hours for which the missing parts of a series are waited for. */
        @WithDefault("24")
        int partsHours();

        /** Seconds between two looks. */
        @WithDefault("10")
        int seconds();
    }

    /** Who may command by mail. */
    Commands commands();

    /** Who may command by mail. Nobody may before a mail server is named that proves senders. */
    interface Commands {
        /**
         * Mail servers whose {@code Authentication-Results} are believed: the server's name and, after a blank, the source as
         * the store of mail calls it.
         */
        Optional<List<String>> authenticators();

        /** Whether From is taken as it stands where nobody proves it: for closed networks. */
        @WithDefault("false")
        boolean unproven();

        /** Whether who sent a series may, for it. */
        @WithDefault("true")
        boolean authors();

        /** Whether maintainers may, by the file of the tree, for what they maintain. */
        @WithDefault("true")
        boolean maintainers();

        /** Addresses that always may. */
        Optional<List<String>> addresses();

        /** Commands of one address that are carried out in 24 hours. */
        @WithDefault("20")
        int mostPerDay();
    }

    /** Whether the series that comes along is reviewed at the first start. */
    @WithDefault("true")
    boolean demo();

    /** Who may hand in series: bearer tokens. Without one nobody may. */
    Optional<List<String>> tokens();

    /** An OpenID Connect issuer of which tokens are taken, too, and where administrators log in. */
    Oidc oidc();

    /** An OpenID Connect issuer of which tokens are taken, too, and where administrators log in. */
    interface Oidc {
        /** Whether they are. */
        @WithDefault("false")
        boolean enabled();

        /** Its address, below which it tells its configuration (OpenID Connect Discovery 1.0). */
        Optional<String> issuer();

        /** For whom its tokens have to be: their claim {@code aud}. */
        @WithDefault("patchoscope")
        String audience();

        /** The name that the issuer has for this service. With it administrators log in on the pages; without it nobody does. */
        Optional<String> client();

        /** The secret that goes with it, where the issuer gave one. */
        Optional<String> secret();

        /** The claim that names what somebody may do. */
        @WithDefault("groups")
        String claim();

        /** What that claim has to hold. */
        @WithDefault("patchoscope")
        String role();
    }

    /** A Patchwork instance that gets checks. */
    Patchwork patchwork();

    /** A Patchwork instance that gets checks. */
    interface Patchwork {
        /** Its address, https; without one nothing is posted. */
        Optional<String> url();

        /** The token of the account that posts. */
        Optional<String> token();

        /** Lists whose patches get checks. */
        Optional<List<String>> lists();

        /** What the checks are called there. */
        @WithDefault("patchoscope")
        String context();
    }

    /** Address of the pages as others see it, for links in mails; without one it is made of host and port. */
    Optional<String> address();

    /** What is logged. */
    Log log();

    /** What is logged. */
    interface Log {
        /** Whether as JSON, an object a line, with the number of the series that it is about. */
        @WithDefault("false")
        boolean json();
    }

    /**
     * Addresses, or networks in CIDR notation, of proxies that are believed in what they say of clients (RFC 7239 and
     * {@code X-Forwarded-*}). Without any nobody is.
     */
    Optional<List<String>> proxies();

    /** Requests that an address may make in a minute; 0 for any number. */
    @WithDefault("600")
    int requests();

    /** File with the lists' policies; without one no list is answered. */
    Optional<String> policies();

    /** How replies are sent. */
    Mail mail();

    /** How replies are sent. */
    interface Mail {
        /** Mailbox of the From field. */
        @WithDefault("Patchoscope <patchoscope@localhost.localdomain>")
        String from();

        /** The mail server; without one nothing is ever sent. */
        Optional<String> host();

        /** Its port. */
        @WithDefault("587")
        int port();

        /**
         * The mailbox of {@link #from} as the store of mail calls it: where mail comes back to. Without it nobody looks.
         */
        Optional<String> bounces();

        /** Encryption: {@code starttls}, {@code implicit}, or {@code none} for a server on this machine. */
        @WithDefault("starttls")
        Postman.Tls tls();

        /** Name to log in with. */
        Optional<String> user();

        /** Password to log in with. */
        Optional<String> password();
    }

    /** A database other than the embedded one. */
    Jdbc database();

    /** Where it is. */
    interface Jdbc {
        /** Address, {@code jdbc:postgresql://…}; without one the embedded database is used. */
        Optional<String> url();

        /** Name to log in with. */
        @WithDefault("patchoscope")
        String user();

        /** Password to log in with. */
        Optional<String> password();
    }
}
