// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of faults, by kind. */
final class Table {
    private static final List<String> COLUMNS = List.of(
            "CHANGED", "RACE_WINDOW", "EQUAL_WITHIN_BOUND", "NOT_ANALYSED", "TIME", "ERROR", "EQUIVALENT", "SAME_CODE");

    private static final List<FaultKind> KINDS = List.of(FaultKind.values());

    private Table() {}

    /** Of the faults in all of {@code files}, in Markdown. */
    static String of(List<Path> files) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Map<String, int[]> rows = new TreeMap<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                JsonNode n = json.readTree(line);
                String verdict = n.get("verdict").asText();
                FaultKind kind = FaultKind.valueOf(n.get("kind").asText());
                for (String what : List.of(String.format("%02d %s", KINDS.indexOf(kind), kind.words()), "99 all")) {
                    if (!what.startsWith("99") || !kind.preserving()) {
                        rows.computeIfAbsent(
                                        n.get("arch").asText() + " | " + what.substring(3) + "\0" + what,
                                        k -> new int[COLUMNS.size()])[COLUMNS.indexOf(verdict)]++;
                    }
                }
            }
        }
        StringBuilder text = new StringBuilder(
                "| architecture | kind | faults | changed | race window | within the bound | not analysed | time | error | equivalent | same code |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        rows.entrySet().stream()
                .sorted((a, b) -> order(a.getKey()).compareTo(order(b.getKey())))
                .forEach(e -> {
                    text.append("| ")
                            .append(e.getKey(), 0, e.getKey().indexOf('\0'))
                            .append(" | ")
                            .append(Arrays.stream(e.getValue()).sum());
                    Arrays.stream(e.getValue()).forEach(v -> text.append(" | ").append(v));
                    text.append(" |\n");
                });
        return text.toString();
    }

    private static String order(String key) {
        return key.substring(0, key.indexOf(' ')) + key.substring(key.indexOf('\0'));
    }
}
