// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the program was told and must tell nobody: passwords and tokens of its settings. Whatever is written where people read
 * it goes through {@link #hide}, since servers and libraries say in their messages what they were told.
 */
public final class Secrets {
    /** What is written instead. */
    public static final String HIDDEN = "[hidden]";

    /** What is shorter is no secret, and part of too much else. */
    private static final int SHORTEST = 8;

    private static final Pattern NAME = Pattern.compile("PATCHOSCOPE_.*(PASSWORD|TOKENS?|SECRET)");
    /** In the address of a database, or of a mailbox. */
    private static final Pattern IN_ADDRESS =
            Pattern.compile("([?&;]password=|://[^/@:\\s]*:(?=[^@\\s/\"']+@))[^&;@\\s\"']+");

    private final List<String> forms;

    private Secrets(Collection<String> values) {
        Set<String> all = new TreeSet<>();
        values.stream().filter(v -> v.length() >= SHORTEST).forEach(v -> addForms(v, all));
        forms = all.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** These values. */
    public static Secrets of(String... values) {
        return new Secrets(List.of(values));
    }

    /** What settings hold whose names say that it is secret: variables of the environment, or properties. */
    public static Secrets among(Map<?, ?> settings) {
        return new Secrets(settings.entrySet().stream()
                .filter(e -> NAME.matcher(
                                e.getKey().toString().toUpperCase(Locale.ROOT).replace('.', '_'))
                        .matches())
                .map(e -> e.getValue().toString())
                // Some are lists, of which each is one; whoever has a comma in a password has it hidden as a whole,
                // too.
                .flatMap(v -> Stream.concat(Stream.of(v), Arrays.stream(v.split(",", -1))))
                .map(String::strip)
                .toList());
    }

    /** These and others. */
    public Secrets and(Secrets others) {
        return new Secrets(Stream.concat(forms.stream(), others.forms.stream()).toList());
    }

    /** {@code text} without them, in whatever form they are usually written. */
    public String hide(String text) {
        String out = text;
        for (String form : forms) {
            out = out.replace(form, HIDDEN);
        }
        return IN_ADDRESS.matcher(out).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN));
    }

    private static void addForms(String value, Set<String> all) {
        all.add(value);
        all.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        all.add(value.replace("/", "\\/"));
        // In base 64 it has three forms, by where it stands in what is encoded; their ends belong to what is around.
        for (int before = 0; before < 3; before++) {
            byte[] bytes = (" ".repeat(before) + value).getBytes(StandardCharsets.UTF_8);
            String coded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            int whole = bytes.length / 3 * 4;
            String inner = coded.substring(before == 0 ? 0 : 4, whole);
            if (inner.length() >= SHORTEST) {
                all.add(inner);
                all.add(inner.replace('+', '-').replace('/', '_'));
            }
        }
    }
}
