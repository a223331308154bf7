// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.patchoscope.differ.MaintainersFile;
import org.patchoscope.differ.TreeRef;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.command.Maintainers;
import org.patchoscope.mail.series.Series;

/** Who maintains the files of a series by the registered tree's {@code MAINTAINERS}; never by a patch of the series. */
public final class TreeMaintainers implements Maintainers {
    private static final Logger LOG = Logger.getLogger(TreeMaintainers.class);

    private final Path cache;
    private final List<String> tree;
    private @Nullable String commit;
    private MaintainersFile file = MaintainersFile.parse("");

    /**
     * Makes one.
     *
     * @param cache where trees are registered
     * @param tree the name of one, or nothing: then nobody maintains anything
     */
    public TreeMaintainers(Path cache, List<String> tree) {
        this.cache = cache;
        this.tree = List.copyOf(tree);
    }

    @Override
    public synchronized boolean maintains(String address, Series series) {
        try {
            read();
        } catch (IOException e) {
            LOG.warnf("who maintains what is not known now: %s", e.getMessage());
            return false;
        }
        return series.patches().stream()
                .flatMap(p -> p.touchedPaths().stream())
                .anyMatch(path -> file.maintains(address, path));
    }

    /** Reads the file where the tree stands at another commit than before. */
    private void read() throws IOException {
        if (tree.isEmpty()) {
            return;
        }
        TreeStore store = new TreeStore(cache);
        Optional<TreeRef> ref = store.find(tree.getFirst());
        Optional<String> head = ref.isEmpty() ? Optional.empty() : store.head(ref.get());
        if (head.isPresent() && !head.get().equals(commit)) {
            file = MaintainersFile.parse(store.file(ref.get(), "MAINTAINERS")
                    .map(b -> new String(b, StandardCharsets.UTF_8))
                    .orElse(""));
            commit = head.get();
        }
    }
}
