// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.patchoscope.bot.jobs.TreeMaintainers;
import org.patchoscope.config.CommandPolicy;
import org.patchoscope.mail.command.CommandRights;

/** Who may command by mail, from the settings. */
final class CommandRules {
    private final ServiceConfig config;

    CommandRules(ServiceConfig config) {
        this.config = config;
    }

    CommandRights rights() {
        return new CommandRights(
                policy(),
                new TreeMaintainers(
                        Path.of(config.cache()), config.tree().stream().toList()));
    }

    private CommandPolicy policy() {
        ServiceConfig.Commands c = config.commands();
        return new CommandPolicy(
                c.authors(),
                c.maintainers(),
                Set.copyOf(c.addresses().orElse(List.of())),
                c.unproven() ? CommandPolicy.Proof.NOT_NEEDED : CommandPolicy.Proof.REQUIRED,
                authenticators(c.authenticators().orElse(List.of())),
                CommandPolicy.DEFAULT.oldest(),
                CommandPolicy.DEFAULT.patience(),
                c.mostPerDay());
    }

    /** Of {@code "mx.example.org imaps://bot@mx.example.org/INBOX"} and the like. */
    static Set<CommandPolicy.Authenticator> authenticators(List<String> settings) {
        Set<CommandPolicy.Authenticator> out = new HashSet<>();
        for (String setting : settings) {
            String[] words = setting.strip().split("\\s+", 2);
            if (words.length < 2) {
                throw new IllegalArgumentException("commands.authenticators has \"" + setting
                        + "\"; it takes a server's name, a blank and a source of mail");
            }
            out.add(new CommandPolicy.Authenticator(words[0], words[1]));
        }
        return out;
    }
}
