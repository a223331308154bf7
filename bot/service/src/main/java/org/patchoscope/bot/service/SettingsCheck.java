// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.reply.PolicyFile;
import org.patchoscope.config.Secrets;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.store.StoreLocation;
import org.postgresql.ds.PGSimpleDataSource;

/** What settings name, looked at without starting anything: files, directories, the tree, the databases. */
final class SettingsCheck {
    private static final int PATIENCE_SECONDS = 5;

    private final ServiceConfig config;
    private final List<String> said = new ArrayList<>();

    private SettingsCheck(ServiceConfig config) {
        this.config = config;
    }

    /**
     * A line for each thing that is as it should be.
     *
     * @throws ReviewException for the first that is not
     */
    static List<String> of(ServiceConfig config) throws ReviewException {
        SettingsCheck check = new SettingsCheck(config);
        check.pages();
        check.policies();
        check.directory("data", Path.of(config.data()));
        check.directory("cache", Path.of(config.cache()));
        check.tree();
        check.store();
        check.database();
        return List.copyOf(check.said);
    }

    private void pages() {
        said.add("ok  role " + config.role().name().toLowerCase(java.util.Locale.ROOT) + ", listens on " + config.host()
                + ":" + config.port() + ", links say " + Wiring.site(config));
    }

    private void policies() throws ReviewException {
        if (config.policies().isEmpty()) {
            said.add("ok  no policies: no list is answered");
            return;
        }
        String file = config.policies().get();
        try {
            int lists =
                    new PolicyFile(List.of(Path.of(file))).inForce().policies().size();
            said.add("ok  policies of " + lists + (lists == 1 ? " list" : " lists") + " in " + file);
        } catch (PolicyFile.PolicyException | UncheckedIOException e) {
            throw new ReviewException(String.valueOf(e.getMessage()), file, "correct it, or unset policies");
        }
    }

    private void directory(String name, Path path) throws ReviewException {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new ReviewException(
                    name + " cannot be written", there.toString(), "give rights, or name another directory");
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace() >> 30;
            said.add("ok  " + name + " in " + path + ", " + free + " GB free");
        } catch (IOException e) {
            throw new ReviewException(
                    name + " cannot be looked at: " + e.getMessage(), path.toString(), "see the disk");
        }
    }

    private void tree() throws ReviewException {
        if (config.tree().isEmpty()) {
            said.add("ok  no tree: only the series that comes along is reviewed");
            return;
        }
        String name = config.tree().get();
        if (config.role() == ServiceConfig.Role.WEB) {
            said.add("ok  tree " + name + " is for workers");
            return;
        }
        try {
            if (new TreeStore(Path.of(config.cache())).find(name).isEmpty()) {
                throw new ReviewException(
                        "no tree is called " + name,
                        config.cache(),
                        "register it: patchoscope tree add " + name + " DIR");
            }
        } catch (IOException e) {
            throw new ReviewException("trees cannot be read: " + e.getMessage(), config.cache(), "see its rights");
        }
        said.add("ok  tree " + name + ", for " + config.archs());
    }

    private void store() throws ReviewException {
        switch (Wiring.storeOfMail(config)) {
            case StoreLocation.Directory d -> directory("store", d.path());
            case StoreLocation.Server _ ->
                connect(
                        "store.location",
                        config.store().location(),
                        config.store().user().orElse(""),
                        config.store().password().orElse(""));
        }
    }

    private void database() throws ReviewException {
        if (config.database().url().isPresent()) {
            connect(
                    "database.url",
                    config.database().url().get(),
                    config.database().user(),
                    config.database().password().orElse(""));
        }
    }

    private void connect(String setting, String url, String user, String password) throws ReviewException {
        String shown = Secrets.of(password).hide(url);
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new ReviewException(
                    "not an address of PostgreSQL", shown, "write " + setting + ": jdbc:postgresql://HOST/NAME");
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setLoginTimeout(PATIENCE_SECONDS);
        source.setConnectTimeout(PATIENCE_SECONDS);
        try (Connection _ = source.getConnection()) {
            said.add("ok  " + setting + " answers: " + shown);
        } catch (SQLException e) {
            throw new ReviewException(
                    setting + " does not answer: " + Secrets.of(password).hide(String.valueOf(e.getMessage())),
                    shown,
                    "see that it runs, and its user and password");
        }
    }
}
