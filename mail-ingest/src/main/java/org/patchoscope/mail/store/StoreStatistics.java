// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.sql.SQLException;

/**
 * What a store holds. The mails add up: {@code mails = inSeries + noDiff + suggestions + comments + pullRequests +
 * notPatches + copies + impostors + withdrawn}.
 *
 * @param mails distinct raw mails
 * @param repeated how often a source delivered one that was stored already
 * @param bytes of raw mail
 * @param inSeries covers and patches of series
 * @param noDiff mails that say PATCH and are alone without a diff
 * @param copies the same mail come another way
 * @param impostors other mails under an id that is taken
 * @param automatic of all mails, those that a program wrote
 * @param withProblems of all mails, those read with a problem
 */
public record StoreStatistics(
        long mails,
        long repeated,
        long bytes,
        long inSeries,
        long noDiff,
        long suggestions,
        long comments,
        long pullRequests,
        long notPatches,
        long copies,
        long impostors,
        long withdrawn,
        long automatic,
        long withProblems,
        long threads,
        long series,
        long incomplete,
        long topics) {
    static StoreStatistics of(Session s) throws SQLException {
        String first = "select count(*) from mail where state = 'FIRST' and kind = ";
        long postings = s.number(first + "'POSTING'");
        long inSeries = s.number("select count(*) from mail m where state = 'FIRST'"
                + " and exists (select 1 from series_mail p where p.id_key = m.id_key)");
        return new StoreStatistics(
                s.number("select count(*) from mail"),
                s.number("select sum(repeated) from source_position"),
                s.number("select sum(size) from mail"),
                inSeries,
                postings - inSeries,
                s.number(first + "'SUGGESTION'"),
                s.number(first + "'COMMENT'"),
                s.number(first + "'PULL_REQUEST'"),
                s.number(first + "'NOT_A_PATCH'"),
                s.number("select count(*) from mail where state = 'COPY'"),
                s.number("select count(*) from mail where state = 'IMPOSTOR'"),
                s.number("select count(*) from mail where state = 'WITHDRAWN'"),
                s.number("select count(*) from mail where automatic"),
                s.number("select count(distinct mail) from problem"),
                s.number("select count(distinct thread) from mail"),
                s.number("select count(*) from series"),
                s.number("select count(*) from series where missing <> ''"),
                s.number("select count(distinct topic) from series"));
    }
}
