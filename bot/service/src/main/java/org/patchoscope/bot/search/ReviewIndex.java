// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.ReviewStore.Change;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredReview;

/**
 * The search index. It follows the store's change log, and can be made anew from the store while it serves: the new one is
 * written beside the old, which answers until then.
 */
public final class ReviewIndex implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReviewIndex.class);
    private static final int BATCH = 200;
    /**
     * Numbers of the log are given before their transactions end, and may so become visible out of order. As many are
     * looked at again.
     */
    private static final int LATE = 100;

    private static final int WARM = 10;

    private final Path home;
    private final ReviewStore reviews;
    private final SeriesStore series;
    private final SearchCost cost;
    private final ReentrantLock writing = new ReentrantLock();
    /** Readers hold it while they search, so that a generation is not closed under them. */
    private final ReentrantReadWriteLock serving = new ReentrantReadWriteLock();

    private final Set<Long> recent = new LinkedHashSet<>();
    private Generation generation;

    /** Opens the index in a directory, which is this process's alone. */
    public ReviewIndex(Path home, ReviewStore reviews, SeriesStore series) throws IOException {
        this(home, reviews, series, SearchCost.USUAL);
    }

    ReviewIndex(Path home, ReviewStore reviews, SeriesStore series, SearchCost cost) throws IOException {
        this.cost = cost;
        this.home = home;
        this.reviews = reviews;
        this.series = series;
        Files.createDirectories(home);
        generation = new Generation(newest());
        if (generation.outdated()) {
            generation.close();
            generation = new Generation(next());
            removeOld();
        }
    }

    private Path newest() throws IOException {
        try (Stream<Path> all = Files.list(home)) {
            return all.filter(p -> Files.exists(p.resolve("complete")))
                    .max(Comparator.comparingLong(ReviewIndex::number))
                    .orElseGet(() -> complete(home.resolve("1")));
        }
    }

    private static Path complete(Path generation) {
        try {
            Files.createDirectories(generation);
            Files.writeString(generation.resolve("complete"), "");
            return generation;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path next() throws IOException {
        return complete(home.resolve(Long.toString(number(newest()) + 1)));
    }

    private static long number(Path generation) {
        String name = Objects.requireNonNull(generation.getFileName()).toString();
        return name.matches("\\d{1,15}") ? Long.parseLong(name) : 0;
    }

    /** Searches of every kind, so that the first who does need not wait for all that a first time takes. */
    public void warmUp() throws IOException {
        for (int round = 0; round < WARM; round++) {
            for (String query : List.of(
                    "", "a OR \"b c\"", "audit exit", "sycall*", "verdict:changed arch:arm64 -x", "date:2026")) {
                search(new SearchRequest(query, List.of(), SearchRequest.Sort.RELEVANCE, 1));
            }
            search(new SearchRequest("", List.of(), SearchRequest.Sort.DATE, 1));
        }
    }

    /** Takes in what the store has and the index has not; how many reviews that were. */
    public int follow() throws IOException {
        writing.lock();
        try {
            if (!generation.isWritable()) {
                reopen();
            }
            return follow(generation);
        } finally {
            writing.unlock();
        }
    }

    /** After a disk was full: what was committed before is there, and is followed from. */
    private void reopen() throws IOException {
        Generation fresh = new Generation(generation.path());
        recent.clear();
        serving.writeLock().lock();
        try {
            generation.close();
            generation = fresh;
        } finally {
            serving.writeLock().unlock();
        }
        LOG.info("the index can be written again");
    }

    private int follow(Generation into) throws IOException {
        int done = 0;
        while (true) {
            List<Change> changes = reviews.changesAfter(Math.max(0, into.seq() - LATE), BATCH + LATE).stream()
                    .filter(c -> c.seq() > into.seq() || !recent.contains(c.seq()))
                    .toList();
            if (changes.isEmpty()) {
                return done;
            }
            long last = into.seq();
            for (Change change : changes) {
                put(into, change.review());
                remember(change.seq());
                last = Math.max(last, change.seq());
                done++;
            }
            into.commit(last);
        }
    }

    private void remember(long seq) {
        recent.add(seq);
        while (recent.size() > 2 * (BATCH + LATE)) {
            recent.remove(recent.iterator().next());
        }
    }

    private void put(Generation into, long review) throws IOException {
        StoredReview stored = reviews.find(review).orElseThrow();
        // Of a series that was reviewed again, the last review counts.
        if (reviews.ofSeries(stored.series().id()).filter(r -> r.id() == review).isPresent()) {
            into.put(stored.series().id(), Documents.of(entries(stored)));
        }
    }

    /** One review that this program cannot read (a newer one may have written it) does not keep others from being found. */
    private List<Entry> entries(StoredReview stored) {
        try {
            return Entries.of(
                    stored,
                    reviews.read(stored.id()),
                    series.patches(stored.series().id()));
        } catch (IllegalArgumentException e) {
            LOG.errorf("review %d cannot be read, and not be found: %s", stored.id(), e.getMessage());
            return List.of();
        }
    }

    /** Makes the index anew from the store; the old one answers until it is done. How many reviews are in it. */
    public int rebuild() throws IOException {
        writing.lock();
        try {
            Path path = home.resolve(Long.toString(number(newest()) + 1));
            delete(path);
            Generation fresh = new Generation(path);
            recent.clear();
            int done = follow(fresh);
            complete(path);
            serving.writeLock().lock();
            try {
                generation.close();
                generation = fresh;
            } finally {
                serving.writeLock().unlock();
            }
            removeOld();
            return done;
        } finally {
            writing.unlock();
        }
    }

    private void removeOld() throws IOException {
        Path newest = newest();
        try (Stream<Path> all = Files.list(home)) {
            for (Path p : all.filter(p -> !p.equals(newest)).toList()) {
                delete(p);
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(p);
                }
            }
        }
    }

    /** Searches. Any query gets an answer. */
    public SearchResult search(SearchRequest request) throws IOException {
        serving.readLock().lock();
        try {
            SearchResult found = new Search(generation, cost).run(request);
            return reviews.lastChange() > generation.seq() ? found.behind() : found;
        } finally {
            serving.readLock().unlock();
        }
    }

    /** Numbers of reviews that have a match, the one that was made last first. */
    public List<Long> reviews(SearchRequest request, int most) throws IOException {
        serving.readLock().lock();
        try {
            return new Search(generation, cost).reviews(request, most);
        } finally {
            serving.readLock().unlock();
        }
    }

    /** How many findings and patches are in it, and how far it has followed the store. */
    public Size size() throws IOException {
        serving.readLock().lock();
        try {
            var searcher = generation.searchers().acquire();
            try {
                return new Size(searcher.getIndexReader().numDocs(), generation.seq());
            } finally {
                generation.searchers().release(searcher);
            }
        } finally {
            serving.readLock().unlock();
        }
    }

    /** Size of the index. */
    public record Size(int entries, long seq) {}

    @Override
    public void close() throws IOException {
        writing.lock();
        serving.writeLock().lock();
        try {
            generation.close();
        } finally {
            serving.writeLock().unlock();
            writing.unlock();
        }
    }
}
