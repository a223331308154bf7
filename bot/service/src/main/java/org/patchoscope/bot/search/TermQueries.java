// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.patchoscope.bot.search.NameAnalyzer.Name;

/** Single words of a query as Lucene's queries. Nothing where a text holds no word at all. */
final class TermQueries {
    private static final float WHOLE = 2f;
    private static final float IN_TITLE = 2f;
    private static final int SHORTEST_PREFIX = 2;

    private TermQueries() {}

    /** Anywhere. */
    static Optional<Query> anywhere(String text) {
        return text(Fields.ALL, text);
    }

    /** What makes a match a better one, and no match by itself: a title says it, or a name is that whole name. */
    static List<Query> better(String text) {
        List<Query> out = new ArrayList<>();
        text(Fields.TITLE.key(), text).ifPresent(q -> out.add(new BoostQuery(q, IN_TITLE)));
        List<Name> names = NameAnalyzer.names(text);
        if (names.size() == 1 && names.getFirst().parts().size() > 1) {
            String whole = names.getFirst().whole().replaceFirst("^_+", "");
            out.add(new BoostQuery(new TermQuery(new Term(Fields.ALL, NameTokenizer.WHOLE + whole)), WHOLE));
        }
        return out;
    }

    /** In one field. */
    static Optional<Query> in(Fields field, String value) {
        return switch (field.kind()) {
            case TEXT -> text(field.key(), value);
            case WORD -> word(field, value);
            case NUMBER ->
                Range.ofNumbers(value).map(r -> IntPoint.newRangeQuery(field.key(), r.lowInt(), r.highInt()));
            case DAY -> Range.ofDays(value).map(r -> LongPoint.newRangeQuery(field.key(), r.low(), r.high()));
        };
    }

    private static Optional<Query> word(Fields field, String value) {
        String lower = value.toLowerCase(Locale.ROOT).replace(' ', '-');
        if (lower.endsWith("*")) {
            return Optional.of(new PrefixQuery(new Term(field.key(), lower.substring(0, lower.length() - 1))));
        }
        return lower.isEmpty() ? Optional.empty() : Optional.of(new TermQuery(new Term(field.key(), lower)));
    }

    private static Optional<Query> text(String field, String text) {
        List<Name> names = NameAnalyzer.names(text);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        if (text.endsWith("*") && names.size() == 1 && names.getFirst().whole().length() >= SHORTEST_PREFIX) {
            return Optional.of(new PrefixQuery(new Term(field, names.getFirst().whole())));
        }
        return Optional.of(names.size() == 1 ? name(field, names.getFirst()) : phrase(field, names));
    }

    /** Whole, or its parts beside each other: {@code syscall_audit} finds {@code _TIF_SYSCALL_AUDIT}. */
    private static Query name(String field, Name name) {
        String run = String.join("_", name.parts());
        if (name.parts().size() > NameTokenizer.LONGEST_RUN) {
            return new BooleanQuery.Builder()
                    .add(new TermQuery(new Term(field, name.whole())), Occur.SHOULD)
                    .add(phrase(field, List.of(name)), Occur.SHOULD)
                    .build();
        }
        List<String> spellings = name.parts().size() == 1 ? Spellings.of(run) : List.of(run);
        if (spellings.size() == 1) {
            return new TermQuery(new Term(field, run));
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        spellings.forEach(s -> any.add(new TermQuery(new Term(field, s)), Occur.SHOULD));
        return any.build();
    }

    private static Query phrase(String field, List<Name> names) {
        String[] parts = names.stream()
                .flatMap(n -> n.parts().stream())
                .limit(MOST_IN_PHRASE)
                .toArray(String[]::new);
        if (parts.length == 1) {
            return new TermQuery(new Term(field, parts[0]));
        }
        MultiPhraseQuery.Builder out = new MultiPhraseQuery.Builder();
        int end = parts.length > 3
                        && parts[0].equals("no")
                        && parts[1].equals("functional")
                        && parts[parts.length - 1].equals("intended")
                ? parts.length - 1
                : parts.length;
        for (int i = 0; i < end; i++) {
            out.add(Spellings.of(parts[i]).stream().map(s -> new Term(field, s)).toArray(Term[]::new));
        }
        return out.build();
    }

    private static final int MOST_IN_PHRASE = 40;
}
