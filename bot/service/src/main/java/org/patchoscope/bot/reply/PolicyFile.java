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
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private Document inForce = Document.NONE;
    private Map<String, Policy> policies = Map.of();
    private String problem = "";

    /**
     * Reads the file.
     *
     * @param file nothing for no policies: then no list is answered
     */
    public PolicyFile(List<Path> file) {
        this.file = List.copyOf(file);
        if (!file.isEmpty()) {
            take(load(file.getFirst()));
            read = modified(file.getFirst());
        }
    }

    private void take(Document document) {
        policies = document.policies();
        inForce = document;
        problem = "";
    }

    /** What a list wants; that of {@link Policy#NONE} where it has no entry. */
    public synchronized Policy of(String list) {
        look();
        return policies.getOrDefault(list.toLowerCase(Locale.ROOT), Policy.NONE);
    }

    /**
     * What is in force.
     *
     * @param file its name, empty if none is configured
     * @param read when what was last read of it was written
     * @param problem why what was last read of it is not in force, or empty
     * @param policies by list
     * @param optedOut addresses that want no mail
     */
    public record InForce(
            String file,
            Optional<Instant> read,
            String problem,
            SortedMap<String, Policy> policies,
            List<String> optedOut) {
        /** Makes one. */
        public InForce {
            policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
            optedOut = List.copyOf(optedOut);
        }
    }

    /** What is in force. */
    public synchronized InForce inForce() {
        look();
        return new InForce(
                file.stream().map(Path::toString).findFirst().orElse(""),
                Optional.ofNullable(read).map(FileTime::toInstant),
                problem,
                new TreeMap<>(policies),
                inForce.addresses().stream().sorted().toList());
    }

    private void look() {
        if (file.isEmpty()) {
            return;
        }
        try {
            FileTime now = modified(file.getFirst());
            if (!now.equals(read)) {
                read = now;
                take(load(file.getFirst()));
            }
        } catch (PolicyException | UncheckedIOException e) {
            if (!problem.equals(e.getMessage())) {
                LOG.errorf("the policies stay as they were: %s", e.getMessage());
            }
            problem = String.valueOf(e.getMessage());
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document load(Path file) {
        try {
            return document(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Policy> parse(String yaml) {
        return document(yaml).policies();
    }

    private static Document document(String yaml) {
        try {
            Document document = MAPPER.readValue(yaml, Document.class);
            // Now, and not when a list is asked about: a mistake is one of the file.
            document.policies();
            return document;
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

        static final Document NONE = new Document(Map.of(), null);

        Set<String> addresses() {
            return lower(optedOut);
        }

        Map<String, Policy> policies() {
            Map<String, Policy> out = new LinkedHashMap<>();
            lists.forEach((list, entry) -> out.put(list.toLowerCase(Locale.ROOT), entry.policy(addresses())));
            return out;
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
