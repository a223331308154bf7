// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which postings are of one piece of work: those connected by a common key of their {@link TopicTraits}, or by half of
 * their titles.
 */
public final class TopicGroups {
    private final List<TopicTraits> all;
    private final int[] parent;

    private TopicGroups(List<TopicTraits> all) {
        this.all = all;
        parent = new int[all.size()];
        for (int i = 0; i < parent.length; i++) {
            parent[i] = i;
        }
    }

    /** Groups of indices into the list; every index is in one. */
    public static List<List<Integer>> of(List<TopicTraits> all) {
        TopicGroups groups = new TopicGroups(all);
        groups.linkByKeys();
        groups.linkByTitles();
        return groups.groups();
    }

    private void linkByKeys() {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            for (String key : all.get(i).keys()) {
                Integer other = first.putIfAbsent(key, i);
                if (other != null) {
                    join(other, i);
                }
            }
        }
    }

    private void linkByTitles() {
        Map<String, List<Integer>> byTitle = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Set<Integer> candidates = new HashSet<>();
            for (String title : new HashSet<>(all.get(i).titles())) {
                List<Integer> others = byTitle.computeIfAbsent(title, k -> new ArrayList<>());
                candidates.addAll(others);
                others.add(i);
            }
            for (int other : candidates) {
                if (find(other) != find(i) && all.get(other).sharesTitles(all.get(i))) {
                    join(other, i);
                }
            }
        }
    }

    private List<List<Integer>> groups() {
        Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            groups.computeIfAbsent(find(i), k -> new ArrayList<>()).add(i);
        }
        return List.copyOf(groups.values());
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
}
