// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Per epoch of an archive the last commit that was read, written {@code 0=<commit> 1=<commit>}. */
record EpochPositions(Map<Integer, String> commits) {
    EpochPositions {
        commits = Map.copyOf(commits);
    }

    /** Reads what {@link #toString} wrote; what is no position counts as none. */
    static EpochPositions parse(String text) {
        Map<Integer, String> commits = new TreeMap<>();
        for (String piece : text.split(" ")) {
            if (piece.matches("\\d{1,6}=[0-9a-f]{40}")) {
                int equals = piece.indexOf('=');
                commits.put(Integer.parseInt(piece.substring(0, equals)), piece.substring(equals + 1));
            }
        }
        return new EpochPositions(commits);
    }

    /** The commit, or an empty text when the epoch was never read. */
    String of(int epoch) {
        return commits.getOrDefault(epoch, "");
    }

    EpochPositions with(int epoch, String commit) {
        Map<Integer, String> more = new TreeMap<>(commits);
        more.put(epoch, commit);
        return new EpochPositions(more);
    }

    @Override
    public String toString() {
        return new TreeMap<>(commits)
                .entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(" "));
    }
}
