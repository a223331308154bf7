// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links the postings of one piece of work: equal {@code change-id}, the same sender with the same title, with at least half
 * of the patch titles in common, or with a higher version posted below the older one.
 */
final class Topics {

    private static final Pattern CHANGE_ID = Pattern.compile("(?m)^change-id:\\s*(\\S+)");

    private final List<Series> all;
    private final int[] parent;
    private final Map<String, Integer> byKey = new HashMap<>();

    private Topics(List<Series> all) {
        this.all = all;
        parent = new int[all.size()];
        for (int i = 0; i < parent.length; i++) {
            parent[i] = i;
        }
    }

    /** Topics ordered by their newest posting, the last being the newest. */
    static List<Topic> of(List<Series> all, Threads threads) {
        Topics topics = new Topics(all);
        topics.linkByKeys();
        topics.linkByPatches();
        topics.linkByThread(threads);
        return topics.topics();
    }

    private void linkByKeys() {
        for (int i = 0; i < all.size(); i++) {
            Series series = all.get(i);
            link("title " + sender(series) + " " + plain(series.title()), i);
            for (Message cover : series.messages()) {
                Matcher m = CHANGE_ID.matcher(cover.body());
                if (m.find()) {
                    link("change " + m.group(1), i);
                }
            }
        }
    }

    private void linkByPatches() {
        Map<String, List<Integer>> byTitle = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Map<Integer, Integer> common = new HashMap<>();
            for (Patch patch : all.get(i).patches()) {
                String key = sender(all.get(i)) + " " + plain(patch.title());
                List<Integer> others = byTitle.computeIfAbsent(key, k -> new ArrayList<>());
                others.forEach(other -> common.merge(other, 1, Integer::sum));
                others.add(i);
            }
            for (Map.Entry<Integer, Integer> entry : common.entrySet()) {
                int larger = Math.max(
                        all.get(i).patches().size(),
                        all.get(entry.getKey()).patches().size());
                if (2 * entry.getValue() >= larger) {
                    join(entry.getKey(), i);
                }
            }
        }
    }

    private void linkByThread(Threads threads) {
        Map<MessageId, Integer> owner = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            int index = i;
            all.get(i).messages().forEach(m -> owner.putIfAbsent(m.id(), index));
        }
        for (int i = 0; i < all.size(); i++) {
            Series series = all.get(i);
            for (Message above : threads.ancestors(series.messages().getFirst())) {
                Integer other = owner.get(above.id());
                if (other != null
                        && all.get(other).version() < series.version()
                        && sender(all.get(other)).equals(sender(series))) {
                    join(other, i);
                }
            }
        }
    }

    private List<Topic> topics() {
        Map<Integer, List<Series>> groups = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            groups.computeIfAbsent(find(i), k -> new ArrayList<>()).add(all.get(i));
        }
        Comparator<Series> order = Comparator.comparingInt(Series::version)
                .thenComparing(Series::date)
                .thenComparing(s -> s.root().key());
        return groups.values().stream()
                .map(list -> new Topic(list.stream().sorted(order).toList()))
                .sorted(Comparator.comparing((Topic t) -> t.newest().date())
                        .thenComparing(t -> t.newest().root().key()))
                .toList();
    }

    private void link(String key, int index) {
        Integer other = byKey.putIfAbsent(key, index);
        if (other != null) {
            join(other, index);
        }
    }

    private void join(int a, int b) {
        parent[find(b)] = find(a);
    }

    private int find(int index) {
        int root = index;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    private static String sender(Series series) {
        return Cluster.sender(series.messages().getFirst());
    }

    private static String plain(String title) {
        return title.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }
}
