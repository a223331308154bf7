// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;

/**
 * Reads what people type: words (all of them must match), {@code "phrases"}, {@code prefix*}, {@code -without},
 * {@code a OR b}, parentheses, {@code field:value} and ranges. Any text is a query: what has no meaning is taken as words,
 * and said in the notes. Length, words and nesting are bounded.
 */
final class QueryReader {
    private static final int LONGEST = 1_000;
    private static final int MOST_WORDS = 40;
    private static final int MOST_BETTER = 12;
    private static final int DEEPEST = 8;

    /**
     * A query.
     *
     * @param any the same with any of the words instead of all, for when nothing has all
     * @param better what makes a match a better one
     * @param words without operators and fields, for suggestions
     * @param notes what the reader should know, as sentences
     */
    record Read(Query query, Query any, List<Query> better, List<String> words, List<Asked> asked, List<String> notes) {
        Read {
            asked = List.copyOf(asked);
            better = List.copyOf(better);
            words = List.copyOf(words);
            notes = List.copyOf(notes);
        }
    }

    /** A value that a field of few words is asked for. */
    record Asked(Fields field, String value) {}

    private final List<QueryToken> tokens;
    private final List<String> notes;
    private final List<Asked> asked = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private int at;

    private QueryReader(List<QueryToken> tokens, List<String> notes) {
        this.tokens = tokens;
        this.notes = notes;
    }

    static Read read(String text) {
        List<String> notes = new ArrayList<>();
        String query = text;
        if (query.length() > LONGEST) {
            notes.add("Only the first " + LONGEST + " characters are used.");
            query = query.substring(0, LONGEST);
        }
        List<QueryToken> tokens = QueryToken.of(query, notes);
        if (tokens.size() > MOST_WORDS) {
            notes.add("Only the first " + MOST_WORDS + " words are used.");
            tokens = tokens.subList(0, MOST_WORDS);
        }
        QueryReader all = new QueryReader(tokens, notes);
        Query strict = all.whole(Occur.MUST);
        Query loose = new QueryReader(tokens, new ArrayList<>()).whole(Occur.SHOULD);
        List<Query> better = all.words.stream()
                .flatMap(w -> TermQueries.better(w).stream())
                .limit(MOST_BETTER)
                .toList();
        return new Read(
                strict,
                loose,
                better,
                all.words,
                all.asked,
                notes.stream().distinct().toList());
    }

    private Query whole(Occur join) {
        BooleanQuery.Builder out = new BooleanQuery.Builder();
        boolean any = false;
        while (at < tokens.size()) {
            Optional<Query> part = either(join, 0);
            if (part.isPresent()) {
                out.add(part.get(), join);
                any = true;
            }
            // A parenthesis that nothing opened is passed over.
            if (at < tokens.size() && tokens.get(at) == QueryToken.Sign.CLOSE) {
                at++;
            }
        }
        return any ? out.build() : MatchAllDocsQuery.INSTANCE;
    }

    /** {@code a b OR c d}: one side or the other. */
    private Optional<Query> either(Occur join, int depth) {
        List<Query> sides = new ArrayList<>();
        all(join, depth).ifPresent(sides::add);
        while (at < tokens.size() && tokens.get(at) == QueryToken.Sign.OR) {
            at++;
            all(join, depth).ifPresent(sides::add);
        }
        if (sides.size() < 2) {
            return sides.stream().findFirst();
        }
        BooleanQuery.Builder out = new BooleanQuery.Builder();
        sides.forEach(s -> out.add(s, Occur.SHOULD));
        return Optional.of(out.build());
    }

    private Optional<Query> all(Occur join, int depth) {
        BooleanQuery.Builder out = new BooleanQuery.Builder();
        int wanted = 0;
        int clauses = 0;
        while (at < tokens.size() && tokens.get(at) != QueryToken.Sign.CLOSE && tokens.get(at) != QueryToken.Sign.OR) {
            boolean not = false;
            while (at < tokens.size() && tokens.get(at) == QueryToken.Sign.NOT) {
                not = !not;
                at++;
            }
            int said = words.size();
            Optional<Query> part = at < tokens.size() ? one(join, depth) : Optional.empty();
            if (part.isPresent()) {
                out.add(part.get(), not ? Occur.MUST_NOT : join);
                wanted += not ? 0 : 1;
                clauses++;
            }
            if (not) {
                words.subList(said, words.size()).clear();
            }
        }
        if (clauses == 0) {
            return Optional.empty();
        }
        if (wanted == 0) {
            out.add(MatchAllDocsQuery.INSTANCE, Occur.MUST);
        }
        return Optional.of(out.build());
    }

    private Optional<Query> one(Occur join, int depth) {
        QueryToken token = tokens.get(at);
        return switch (token) {
            case QueryToken.Word w -> {
                at++;
                yield word(w.text());
            }
            case QueryToken.Quoted q -> {
                at++;
                yield quoted(q);
            }
            case QueryToken.Sign s
            when s == QueryToken.Sign.OPEN -> {
                at++;
                yield group(join, depth);
            }
            case QueryToken.Sign _ -> Optional.empty();
        };
    }

    private Optional<Query> group(Occur join, int depth) {
        if (depth >= DEEPEST) {
            notes.add("Parentheses are nested too deeply; some are passed over.");
            return Optional.empty();
        }
        Optional<Query> inner = either(join, depth + 1);
        if (at < tokens.size() && tokens.get(at) == QueryToken.Sign.CLOSE) {
            at++;
        }
        return inner;
    }

    private Optional<Query> quoted(QueryToken.Quoted q) {
        return q.field().isEmpty() ? plain(q.text()) : inField(q.field(), q.text());
    }

    private Optional<Query> word(String text) {
        int colon = text.indexOf(':');
        // "arm64: syscall: Gate" is a title and no question about fields.
        if (colon > 0 && colon < text.length() - 1 && Character.isLetter(text.charAt(0))) {
            return inField(text.substring(0, colon), text.substring(colon + 1));
        }
        return plain(text);
    }

    private Optional<Query> inField(String name, String value) {
        Optional<Fields> field = Fields.named(name);
        if (field.isEmpty()) {
            notes.add("No field is called " + name + ". There are "
                    + Stream.of(Fields.values()).map(Fields::key).collect(Collectors.joining(", ")) + ".");
            return plain(name + " " + value);
        }
        if (field.get().kind() == Fields.Kind.WORD && !value.endsWith("*")) {
            asked.add(new Asked(field.get(), value.toLowerCase(Locale.ROOT).replace(' ', '-')));
        }
        Optional<Query> query = TermQueries.in(field.get(), value);
        if (query.isEmpty()) {
            notes.add("Not understood: " + name + ":" + value
                    + (field.get().kind() == Fields.Kind.DAY
                            ? ". Write date:2026-09-14 or date:2026-01..2026-03."
                            : "."));
        }
        return query;
    }

    private Optional<Query> plain(String text) {
        Optional<Query> query = TermQueries.anywhere(text);
        if (query.isPresent()) {
            words.add(text);
        }
        return query;
    }
}
