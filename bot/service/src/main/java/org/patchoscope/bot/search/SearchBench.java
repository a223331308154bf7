// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.search.IndexSearcher;
import org.patchoscope.bot.search.SearchRequest.Choice;
import org.patchoscope.bot.search.SearchRequest.Sort;

/** How long searching takes in an index of made-up reviews, ten findings each, at a steady rate of requests. */
public final class SearchBench {
    private static final long SEED = 20261121;
    private static final int FINDINGS = 10;
    private static final int FUNCTIONS = 3_000;
    private static final String[] ROOTS = {
        "syscall", "audit", "seccomp", "ptrace", "signal", "entry", "exit", "work", "trace"
    };
    private static final String[] FLAGS = {
        "_TIF_SYSCALL_TRACE", "_TIF_SYSCALL_AUDIT", "_TIF_SYSCALL_TRACEPOINT", "_TIF_SECCOMP", "_TIF_SYSCALL_EMU",
        "_TIF_SINGLESTEP", "_TIF_NEED_RESCHED", "_TIF_NOTIFY_RESUME", "_TIF_UPROBE", "_TIF_SIGPENDING"
    };
    private static final String[] QUERIES = {
        "",
        "_TIF_SYSCALL_AUDIT arch:arm64",
        "audit exit",
        "verdict:changed",
        "\"does not happen\"",
        "seccomp_work*",
        "function:entry_work_7",
        "event:audit_exit_3 verdict:race-window",
        "date:2026-03 seccomp",
        "audit -seccomp",
        "_TIF_SECCOMP OR _TIF_UPROBE",
        "ptrace_trace_12",
        "audti_exit_9",
        "author:\"Author 17\"",
        "file:entry.S version:>=3"
    };

    /**
     * What is measured.
     *
     * @param reviews how many
     * @param rate requests a second
     * @param seconds for how long
     */
    public record Load(int reviews, int rate, int seconds) {}

    private final Random random = new Random(SEED);
    private final Random asked = new Random(SEED);
    private final Load load;

    private SearchBench(Load load) {
        this.load = load;
    }

    /**
     * Builds an index in a directory, or takes the one of the same size that is there, searches it, and says in a table how
     * that went.
     */
    public static String run(Path directory, Load load) throws IOException, InterruptedException {
        return new SearchBench(load).run(directory);
    }

    private String run(Path directory) throws IOException, InterruptedException {
        try (Generation index = new Generation(directory)) {
            String built =
                    index.seq() == load.reviews() && !index.outdated() ? "index of an earlier run" : build(index);
            search(index, 5 * load.rate());
            List<Time> times = search(index, load.seconds() * load.rate());
            long[] micros = times.stream().mapToLong(Time::micros).sorted().toArray();
            long[] worked = times.stream().mapToLong(Time::worked).sorted().toArray();
            Runtime vm = Runtime.getRuntime();
            return String.format(
                            Locale.ROOT,
                            "%,12d reviews, %,d entries%n%s%n%,12d MB of index%n%,12d MB of heap used, %,d MB at most%n"
                                    + "%,12d searches at %d a second%n%12.1f ms median%n%12.1f ms 99th percentile%n"
                                    + "%12.1f ms longest%n%12.1f ms of a processor on average%n"
                                    + "%12.1f ms of a processor, 99th percentile%n",
                            load.reviews(),
                            entries(index),
                            built.indent(13).stripTrailing(),
                            size(directory) >> 20,
                            (vm.totalMemory() - vm.freeMemory()) >> 20,
                            vm.maxMemory() >> 20,
                            micros.length,
                            load.rate(),
                            micros[micros.length / 2] / 1e3,
                            percentile(micros) / 1e3,
                            micros[micros.length - 1] / 1e3,
                            times.stream().mapToLong(Time::worked).average().orElse(0) / 1e3,
                            percentile(worked) / 1e3)
                    + slowest(times);
        }
    }

    private String build(Generation index) throws IOException {
        long start = System.nanoTime();
        for (int i = 1; i <= load.reviews(); i++) {
            index.put(i, Documents.of(review(i)));
        }
        index.commit(load.reviews());
        double built = (System.nanoTime() - start) / 1e9;
        return String.format(
                Locale.ROOT, "%,.0f entries a second indexed, %.0f s in all", entries(index) / built, built);
    }

    private static long percentile(long[] sorted) {
        return sorted[(int) (sorted.length * 0.99)];
    }

    /** The queries that were most work. */
    private static String slowest(List<Time> times) {
        Map<String, List<Time>> byQuery = times.stream().collect(Collectors.groupingBy(Time::query));
        Map<String, Long> work = new TreeMap<>();
        byQuery.forEach((query, all) -> work.put(
                query, percentile(all.stream().mapToLong(Time::worked).sorted().toArray())));
        return work.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(3)
                .map(e -> String.format(
                        Locale.ROOT,
                        "%12.1f ms of a processor, 99th percentile of %s%n",
                        e.getValue() / 1e3,
                        e.getKey()))
                .collect(Collectors.joining());
    }

    /**
     * What a search took.
     *
     * @param micros from when it was due, so that one that waited for another is counted with its wait
     * @param worked of a processor: what else the machine did is not in it
     */
    private record Time(String query, long micros, long worked) {}

    private List<Time> search(Generation index, int requests) throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<Time>> all = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < requests; i++) {
                long due = start + i * 1_000_000_000L / load.rate();
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                SearchRequest request = request();
                all.add(pool.submit(() -> {
                    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
                    long begun = threads.getCurrentThreadCpuTime();
                    new Search(index, SearchCost.USUAL).run(request);
                    long worked = threads.getCurrentThreadCpuTime() - begun;
                    return new Time(request.query(), (System.nanoTime() - due) / 1_000, worked / 1_000);
                }));
            }
            List<Time> out = new ArrayList<>();
            for (Future<Time> f : all) {
                out.add(f.get());
            }
            return out;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search failed", e);
        }
    }

    private SearchRequest request() {
        List<Choice> chosen = asked.nextInt(4) == 0 ? List.of(new Choice("arch", "arm64")) : List.of();
        Sort sort = asked.nextInt(5) == 0 ? Sort.DATE : Sort.RELEVANCE;
        return new SearchRequest(QUERIES[asked.nextInt(QUERIES.length)], chosen, sort, 1 + asked.nextInt(2));
    }

    private List<Entry> review(int id) {
        List<Entry> out = new ArrayList<>();
        for (int n = 1; n <= FINDINGS; n++) {
            out.add(finding(id, n));
        }
        return out;
    }

    private Entry finding(int id, int n) {
        String function = function();
        String event = function();
        List<String> condition = List.of(
                "thread_info.flags at entry has any of " + flag() + " | " + flag() + " | " + flag(),
                "thread_info.flags after " + function() + "() has none of " + flag() + " | " + flag(),
                "regs->syscallno at entry < " + random.nextInt(500));
        List<String> text = new ArrayList<>(condition);
        for (int i = 0; i < 8; i++) {
            text.add((i % 2 == 0 ? "before: " : "after: ") + function() + "(regs, " + function() + "() result)");
        }
        text.add("witness: thread_info.flags at entry = " + flag());
        Map<Fields, List<String>> words = new EnumMap<>(Fields.class);
        words.put(Fields.TYPE, List.of("finding"));
        words.put(Fields.ARCH, List.of(random.nextInt(3) == 0 ? "x86_64" : "arm64"));
        words.put(Fields.VERDICT, List.of(random.nextInt(4) == 0 ? "race-window" : "changed"));
        words.put(Fields.FUNCTION, List.of(function));
        words.put(Fields.EVENT, List.of(event));
        words.put(Fields.FLAG, List.of(flag(), flag()));
        words.put(Fields.CONFIG, List.of("base"));
        words.put(Fields.FILE, List.of("arch/arm64/kernel/entry.S", "kernel/" + pick(ROOTS) + ".c"));
        words.put(Fields.LIST, List.of("list" + random.nextInt(20) + "@lists.example.org"));
        words.put(Fields.AUTHOR, List.of("Author " + random.nextInt(2_000) + " <a@example.org>"));
        return new Entry(
                Entry.Type.FINDING,
                id,
                id,
                id / 4,
                1 + id % 4,
                n,
                n,
                "finding-" + n,
                event + "() is no longer called in " + function + "()",
                "series " + id,
                String.join("\n", text),
                words,
                condition,
                Instant.ofEpochSecond(1_700_000_000L + random.nextInt(94_000_000)),
                false);
    }

    private String function() {
        return pick(ROOTS) + "_" + pick(ROOTS) + "_" + random.nextInt(FUNCTIONS / 80);
    }

    private String flag() {
        return pick(FLAGS);
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private static long entries(Generation index) throws IOException {
        IndexSearcher searcher = index.searchers().acquire();
        try {
            return searcher.getIndexReader().numDocs();
        } finally {
            index.searchers().release(searcher);
        }
    }

    private static long size(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path p : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(p);
            }
        }
        return bytes;
    }
}
