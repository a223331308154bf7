// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.ReportOptions;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.differ.TreeRef;
import org.patchoscope.differ.TreeStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope tree}: the kernel sources that series are applied to. */
@Command(
        name = "tree",
        description = "Register and list kernel source trees, and try series on them.",
        subcommands = {TreeCommand.Add.class, TreeCommand.ListTrees.class, TreeApplyCommand.class})
final class TreeCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.err.println("patchoscope tree: say 'add', 'list' or 'apply' (see --help)");
        return ReportOptions.USAGE;
    }

    /** Adds a tree. */
    @Command(name = "add", description = "Register a git repository or a plain source directory (imported once).")
    static final class Add implements Callable<Integer> {
        @Mixin
        private CommonOptions common = new CommonOptions();

        @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
        private String name = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "Repository or source directory.")
        private @Nullable Path path;

        @Option(names = "--git", paramLabel = "URL", description = "Clone from a URL instead.")
        private @Nullable String url;

        @Option(
                names = "--debian",
                paramLabel = "PACKAGE",
                description = "Fetch a Debian kernel source package (linux-source-7.2) instead; nothing is installed.")
        private @Nullable String debian;

        @Override
        public Integer call() throws IOException, ReviewException {
            Workspace w = common.workspace();
            TreeStore store = new TreeStore(w.trees(), w::count);
            TreeRef ref;
            if (url != null) {
                ref = store.addRemote(name, url);
            } else if (debian != null) {
                ref = store.add(name, fetch(w, debian));
            } else if (path != null) {
                ref = store.add(name, path);
            } else {
                throw new ReviewException("no source is given", name, "give a PATH, --git URL or --debian PACKAGE");
            }
            System.out.println("tree " + ref.name() + ": " + ref.origin());
            return 0;
        }

        private static Path fetch(Workspace w, String packageName) throws IOException, ReviewException {
            Path script = Path.of(System.getProperty("patchoscope.home", "."), "deploy", "fetch-kernel.sh");
            if (!packageName.matches("linux-source-[0-9.]+") || !Files.isRegularFile(script)) {
                throw new ReviewException(
                        "cannot fetch " + packageName, script.toString(), "use a name like linux-source-7.2");
            }
            Path into = Files.createDirectories(w.cache().resolve("sources"));
            Process p = new ProcessBuilder("sh", script.toString(), packageName, into.toString())
                    .inheritIO()
                    .start();
            try {
                if (p.waitFor() != 0) {
                    throw new ReviewException("fetching " + packageName + " failed", script.toString(), "see above");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ReviewException("interrupted", packageName, "run it again");
            }
            return into.resolve(packageName);
        }
    }

    /** Lists trees. */
    @Command(name = "list", description = "List registered trees.")
    static final class ListTrees implements Callable<Integer> {
        @Mixin
        private CommonOptions common = new CommonOptions();

        @Override
        public Integer call() throws IOException {
            List<TreeRef> trees = new TreeStore(common.workspace().trees()).list();
            trees.forEach(t -> System.out.printf("%-20s %s%n", t.name(), t.origin()));
            if (trees.isEmpty()) {
                System.out.println("no trees; add one: patchoscope tree add linux PATH");
            }
            return 0;
        }
    }
}
