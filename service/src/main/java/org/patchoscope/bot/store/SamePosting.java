// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.util.Optional;

/** A posting that is kept already, with fewer of its parts or with more. */
record SamePosting(Sql sql, NewSeries in) {
    /** The same posting, as long as parts of it had not come and nobody has begun with it. */
    Optional<Long> shorter() throws SQLException {
        return sql
                .list(
                        r -> r.getLong("id"),
                        "select id from series where root = ? and version = ? and (state in (?, ?)"
                                + " or (state = ? and reason = ?))"
                                + " and (select count(*) from patch p where p.series = series.id) < ?"
                                + " order by id desc for update",
                        Sql.fit(in.series().root().key(), 1000),
                        in.series().version(),
                        SeriesState.WAITING.name(),
                        SeriesState.AWAITING_PARTS.name(),
                        SeriesState.NOT_REVIEWED.name(),
                        Reason.INCOMPLETE.name(),
                        in.series().patches().size())
                .stream()
                .findFirst();
    }

    /** The same posting, of which less has come this way than there is already. */
    Optional<Long> fuller() throws SQLException {
        return in.series().isComplete()
                ? Optional.empty()
                : sql
                        .list(
                                r -> r.getLong("id"),
                                "select id from series where root = ? and version = ?"
                                        + " and (select count(*) from patch p where p.series = series.id) > ?",
                                Sql.fit(in.series().root().key(), 1000),
                                in.series().version(),
                                in.series().patches().size())
                        .stream()
                        .findFirst();
    }
}
