// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Checks for Patchwork, those posted and those not. */
public final class CheckStore {
    private static final int MOST_ATTEMPTS = 10;
    /** A poster that has one for longer is dead: it waits at most two minutes for an answer. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Database database;
    private final Clock clock;

    public CheckStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A check to be posted. */
    public record Plan(String messageId, String result, String description, String url) {}

    /** Reviews of which it was not decided yet what is posted, oldest first. */
    public List<Long> unplanned(int most) {
        return database.read(c -> new Sql(c)
                .list(
                        r -> r.getLong("id"),
                        "select id from review where checks_planned = false order by id limit ?",
                        most));
    }

    /** Keeps what is posted of a review: once, whoever comes second. */
    public void plan(long review, String list, List<Plan> plans) {
        database.transact(c -> {
            Sql sql = new Sql(c);
            boolean first = sql.update(
                            "update review set checks_planned = true where id = ? and checks_planned = false", review)
                    > 0;
            for (Plan p : first ? plans : List.<Plan>of()) {
                sql.update(
                        "insert into patchwork_check (review, message_id, list, result, description, url, state,"
                                + " attempts, not_before, changed, problem)"
                                + " values (?, ?, ?, ?, ?, ?, 'QUEUED', 0, ?, ?, '')",
                        review,
                        Sql.fit(p.messageId(), 1000),
                        Sql.fit(list, 500),
                        p.result(),
                        Sql.fit(p.description(), 255),
                        Sql.fit(p.url(), 1000),
                        clock.instant(),
                        clock.instant());
            }
            return first;
        });
    }

    /** What may be posted now; also what a poster that died had. */
    public List<StoredCheck> due(int most) {
        database.transact(c -> new Sql(c)
                .update(
                        "update patchwork_check set state = 'QUEUED' where state = 'SENDING' and changed < ?",
                        clock.instant().minus(LONGEST)));
        return many(
                "where state = 'QUEUED' and not_before <= ? order by not_before, id limit ?", clock.instant(), most);
    }

    /** Takes a check to post it; of several takers one succeeds. */
    public boolean take(StoredCheck check) {
        return move(check, StoredCheck.State.QUEUED, StoredCheck.State.SENDING, "");
    }

    /** Notes how posting ended. */
    public void end(StoredCheck check, StoredCheck.State state, String problem) {
        move(check, StoredCheck.State.SENDING, state, problem);
    }

    /** It could not be posted: it waits again, longer each time, and in the end not any more. */
    public void later(StoredCheck check, StoredCheck.State last, String problem) {
        if (check.attempts() + 1 >= MOST_ATTEMPTS) {
            end(check, last, problem);
            return;
        }
        Instant next = clock.instant().plus(Duration.ofMinutes(1L << check.attempts()));
        database.transact(c -> new Sql(c)
                .update(
                        "update patchwork_check set state = 'QUEUED', attempts = attempts + 1, not_before = ?,"
                                + " changed = ?, problem = ? where id = ? and state = 'SENDING'",
                        next,
                        clock.instant(),
                        Sql.fit(problem, 1000),
                        check.id()));
    }

    /** How many are in a state. */
    public int count(StoredCheck.State state) {
        return database.read(c -> new Sql(c)
                .list(r -> r.getInt(1), "select count(*) from patchwork_check where state = ?", state.name())
                .getFirst());
    }

    /** Checks of a review. */
    public List<StoredCheck> ofReview(long review) {
        return many("where review = ? order by id", review);
    }

    /** The newest that were not posted, or not yet. */
    public List<StoredCheck> notPosted(int most) {
        return many(
                "where state in ('UNKNOWN', 'REFUSED') or problem <> '' order by changed desc, id desc limit ?", most);
    }

    private boolean move(StoredCheck check, StoredCheck.State from, StoredCheck.State to, String problem) {
        return database.transact(c -> new Sql(c)
                        .update(
                                "update patchwork_check set state = ?, problem = ?, changed = ? where id = ? and state = ?",
                                to.name(),
                                Sql.fit(problem, 1000),
                                clock.instant(),
                                check.id(),
                                from.name()))
                > 0;
    }

    private List<StoredCheck> many(String rest, Object... parameters) {
        return database.read(c -> new Sql(c)
                .list(StoredCheck::of, "select " + StoredCheck.COLUMNS + " from patchwork_check " + rest, parameters));
    }
}
