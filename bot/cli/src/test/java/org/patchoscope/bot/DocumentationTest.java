// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the documentation names is there. Decisions are left out: they say what was so when they were made.
 */
class DocumentationTest {
    private static final Path ROOT = root();
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    /** {@code package.Type.Nested.member(arguments)}; a type has a lower-case letter, or it may be a macro. */
    private static final Pattern TYPE =
            Pattern.compile("((?:[a-z]\\w*\\.)*)([A-Z]\\w*[a-z]\\w*)((?:\\.\\w+)*)(?:\\(.*\\))?s?");

    private static final Pattern PACKAGE = Pattern.compile("org\\.patchoscope(?:\\.[a-z]\\w*)*");
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|interface|record|enum)\\s+(\\w+)");

    /** In pictures of text: a name of at least two words. */
    private static final Pattern IN_A_PICTURE = Pattern.compile("\\b[A-Z][a-z]+[A-Z]\\w+");

    /** Names of other things: of the platform, of HTTP, words that no class may be named with, and placeholders. */
    private static final Set<String> NO_TYPES_OF_OURS = Set.of(
            "OutOfMemoryError",
            "Optional",
            "Forwarded",
            "Host",
            "Manager",
            "Helper",
            "Util",
            "XTest",
            "XPostgresqlTest");

    private static final Map<String, List<Path>> TYPES = types();

    @Test
    void everyTypeThatIsNamedExists() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path document : documents()) {
            for (String span : spans(document)) {
                Matcher type = TYPE.matcher(span);
                if (type.matches() && !NO_TYPES_OF_OURS.contains(type.group(2)) && !exists(type)) {
                    missing.add(ROOT.relativize(document) + ": " + span);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyTypeInThePictureOfThePhasesExists() throws IOException {
        Set<String> missing = new TreeSet<>();
        String text = Files.readString(ROOT.resolve("docs/architecture.md"));
        String picture = text.substring(text.indexOf("```") + 3, text.indexOf("```", text.indexOf("```") + 3));
        IN_A_PICTURE
                .matcher(picture)
                .results()
                .map(m -> m.group())
                .filter(t -> !TYPES.containsKey(t))
                .forEach(missing::add);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyPackageIsInTheTablesOfTheArchitecture() throws IOException {
        Set<String> named = Set.copyOf(spans(ROOT.resolve("docs/architecture.md")));
        Set<String> missing = new TreeSet<>();
        TYPES.values().stream()
                .flatMap(List::stream)
                .map(file -> file.toString().replace('\\', '/'))
                .filter(file -> file.contains("/src/main/java/org/patchoscope/"))
                .map(file -> file.substring(file.indexOf("org/patchoscope/"), file.lastIndexOf('/'))
                        .replace('/', '.'))
                .filter(p ->
                        !named.contains(p) && !named.contains(p.replaceFirst("org.patchoscope.(bot.|semantics.)?", "")))
                .forEach(missing::add);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyPathAndPackageThatIsNamedExists() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path document : documents()) {
            for (String span : spans(document)) {
                String first = span.split("\\s", 2)[0].replaceFirst("^\\./", "");
                boolean path = span.startsWith("./") || first.contains("/") && isOurs(first);
                boolean found = path
                        ? first.contains("*") || first.contains("/target") || Files.exists(ROOT.resolve(first))
                        : !PACKAGE.matcher(span).matches() || isPackage(span);
                if (!found) {
                    missing.add(ROOT.relativize(document) + ": " + span);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                if (!Files.exists(Objects.requireNonNull(document.getParent()).resolve(link.group(1)))) {
                    missing.add(ROOT.relativize(document) + ": " + link.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everySlowTestThatIsLeftOutByFastExists() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("deploy/slow-tests.txt"))) {
            String name = line.replaceFirst("^\\*\\*/", "").replace(".java", "");
            if (!line.startsWith("#") && !line.isBlank() && !name.contains("*") && !TYPES.containsKey(name)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Whether a type is declared in the package that the name ends with, and has the member that is named. */
    private static boolean exists(Matcher name) {
        String in = name.group(1).replace('.', '/');
        String[] members = name.group(3).isEmpty()
                ? new String[0]
                : name.group(3).substring(1).split("\\.");
        return TYPES.getOrDefault(name.group(2), List.of()).stream()
                .anyMatch(file -> inPackage(file, in) && Stream.of(members).allMatch(m -> mentions(file, m)));
    }

    private static boolean inPackage(Path file, String in) {
        return in.isEmpty() || (Objects.requireNonNull(file.getParent()) + "/").endsWith("/" + in);
    }

    private static boolean mentions(Path file, String member) {
        try {
            return Pattern.compile("\\b" + member + "\\b")
                    .matcher(Files.readString(file))
                    .find();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOurs(String path) {
        String top = path.substring(0, path.indexOf('/'));
        return !top.isEmpty() && !top.startsWith("..") && !top.equals(".git") && Files.exists(ROOT.resolve(top));
    }

    private static boolean isPackage(String name) {
        String wanted = "/" + name.replace('.', '/');
        return TYPES.values().stream()
                .flatMap(List::stream)
                .anyMatch(file -> (Objects.requireNonNull(file.getParent()) + "/").contains(wanted + "/"));
    }

    private static List<String> spans(Path document) throws IOException {
        return SPAN.matcher(Files.readString(document).replaceAll("(?s)```.*?```", ""))
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    private static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(p -> p.toString().endsWith(".md")).sorted().forEach(all::add);
        }
        Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md")
                .map(ROOT::resolve)
                .forEach(all::add);
        return all;
    }

    /** Where each type is declared, by its simple name. */
    private static Map<String, List<Path>> types() {
        Map<String, List<Path>> all = new HashMap<>();
        try (Stream<Path> directories = Files.find(ROOT, 3, (p, a) -> p.endsWith("src") && a.isDirectory())) {
            for (Path directory : directories.toList()) {
                addTypes(directory, all);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    private static void addTypes(Path directory, Map<String, List<Path>> all) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(p -> p.toString().endsWith(".java")).toList()) {
                Set<String> names = new HashSet<>();
                DECLARED.matcher(Files.readString(file)).results().forEach(m -> names.add(m.group(1)));
                names.forEach(
                        n -> all.computeIfAbsent(n, k -> new ArrayList<>()).add(file));
            }
        }
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("CHANGELOG.md"))) {
            at = Objects.requireNonNull(at.getParent(), "the tests run below the repository");
        }
        return at;
    }
}
