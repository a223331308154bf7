// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The lists' policies, from a YAML file that may be changed while the service runs. A file with a mistake is refused
 * whole: at the start the service does not start, later the policies stay as they were and the mistake is logged.
 */
public final class PolicyFile {
    private static final Logger LOG = Logger.getLogger(PolicyFile.class);

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // "on" and "off" are words here, and not YAML's truth values.
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private final List<Path> file;
    private @Nullable FileTime read;
    private Map<String, Policy> policies = Map.of();

    /**
     * Reads the file.
     *
     * @param file nothing for no policies: then no list is answered
     */
    public PolicyFile(List<Path> file) {
        this.file = List.copyOf(file);
        if (!file.isEmpty()) {
            policies = load(file.getFirst());
            read = modified(file.getFirst());
        }
    }

    /** What a list wants; that of {@link Policy#NONE} where it has no entry. */
    public synchronized Policy of(String list) {
        if (!file.isEmpty() && !modified(file.getFirst()).equals(read)) {
            read = modified(file.getFirst());
            try {
                policies = load(file.getFirst());
            } catch (PolicyException | UncheckedIOException e) {
                LOG.errorf("the policies stay as they were: %s", e.getMessage());
            }
        }
        return policies.getOrDefault(list.toLowerCase(Locale.ROOT), Policy.NONE);
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Policy> load(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Policy> parse(String yaml) {
        try {
            Document document = MAPPER.readValue(yaml, Document.class);
            Set<String> optedOut = lower(document.optedOut());
            Map<String, Policy> out = new LinkedHashMap<>();
            document.lists().forEach((list, entry) -> out.put(list.toLowerCase(Locale.ROOT), entry.policy(optedOut)));
            return out;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new PolicyException(e);
        }
    }

    private static Set<String> lower(@Nullable List<String> addresses) {
        return addresses == null
                ? Set.of()
                : addresses.stream().map(a -> a.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** The policies cannot be read. */
    public static final class PolicyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PolicyException(Exception cause) {
            super("the list policies: " + cause.getMessage(), cause);
        }
    }

    /** The file as it stands. */
    record Document(Map<String, Entry> lists, @Nullable List<String> optedOut) {
        Document {
            if (lists == null) {
                throw new IllegalArgumentException("there is no entry \"lists\"");
            }
        }
    }

    /** A list's entry. What it does not say is as in {@link Policy#NONE}. */
    record Entry(
            Policy.@Nullable Mode mode,
            Policy.@Nullable Audience audience,
            Policy.@Nullable Positive positive,
            @Nullable Integer delayHours,
            @Nullable Integer mostPerDay,
            Policy.@Nullable Answers answers) {
        Policy policy(Set<String> optedOut) {
            return new Policy(
                    mode == null ? Policy.NONE.mode() : mode,
                    audience == null ? Policy.NONE.audience() : audience,
                    positive == null ? Policy.NONE.positive() : positive,
                    delayHours == null ? Policy.NONE.delay() : Duration.ofHours(within(delayHours, "delayHours", 720)),
                    mostPerDay == null ? Policy.NONE.mostPerDay() : within(mostPerDay, "mostPerDay", 1_000),
                    answers == null ? Policy.NONE.answers() : answers,
                    optedOut);
        }

        private static int within(int value, String name, int most) {
            if (value < 0 || value > most) {
                throw new IllegalArgumentException(name + " is " + value + "; it must be from 0 to " + most);
            }
            return value;
        }
    }
}
