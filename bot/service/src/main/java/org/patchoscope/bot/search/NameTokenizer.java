// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Words as kernel people write them. A C identifier comes out whole ({@code _tif_syscall_audit}), without its leading
 * underscores, and in parts ({@code tif}, {@code syscall}, {@code audit}), the parts at positions of their own, so that a
 * phrase of parts finds it. Parts beside each other are terms too ({@code syscall_audit}): a phrase would read positions of
 * every document that has its words. Everything is in lower case.
 */
final class NameTokenizer extends Tokenizer {
    /** No name anyone looks for is longer; the rest of a longer one is dropped. */
    static final int LONGEST = 120;

    /** So many parts beside each other are one term; more are a phrase. */
    static final int LONGEST_RUN = 6;

    /** Begins a term that stands for a whole name and for no part of a longer one. */
    static final String WHOLE = "=";

    private record Token(String text, int start, int end, int step) {}

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute position = addAttribute(PositionIncrementAttribute.class);
    private final Deque<Token> waiting = new ArrayDeque<>();
    private final StringBuilder word = new StringBuilder();
    private final char[] buffer = new char[4096];
    private int filled;
    private int at;
    private int read;

    @Override
    public boolean incrementToken() throws IOException {
        clearAttributes();
        while (waiting.isEmpty()) {
            if (!nextWord()) {
                return false;
            }
        }
        Token token = waiting.remove();
        term.append(token.text());
        offset.setOffset(correctOffset(token.start()), correctOffset(token.end()));
        position.setPositionIncrement(token.step());
        return true;
    }

    /** Reads a run of letters, digits and underscores. */
    private boolean nextWord() throws IOException {
        word.setLength(0);
        int start = read;
        for (int c = next(); c >= 0; c = next()) {
            if (isName((char) c)) {
                if (word.isEmpty()) {
                    start = read - 1;
                }
                if (word.length() < LONGEST) {
                    word.append((char) c);
                }
            } else if (!word.isEmpty()) {
                break;
            }
        }
        if (word.isEmpty()) {
            return false;
        }
        split(word.toString(), start);
        return true;
    }

    private void split(String name, int start) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.length() != name.length()) {
            // A letter whose lower case is longer: offsets of parts would lie.
            waiting.add(new Token(lower, start, start + name.length(), 1));
            return;
        }
        int bare = 0;
        while (bare < lower.length() && lower.charAt(bare) == '_') {
            bare++;
        }
        if (bare == lower.length()) {
            return;
        }
        waiting.add(new Token(lower, start, start + lower.length(), 1));
        if (bare > 0) {
            // It stands for the name as it is written: marks show that.
            waiting.add(new Token(lower.substring(bare), start, start + lower.length(), 0));
        }
        if (lower.indexOf('_', bare) >= 0) {
            waiting.add(new Token(WHOLE + lower.substring(bare), start, start + lower.length(), 0));
            parts(lower, bare, start);
        }
    }

    private record Part(int from, int to) {}

    private void parts(String lower, int bare, int start) {
        List<Part> parts = new ArrayList<>();
        int from = bare;
        for (int i = bare; i <= lower.length(); i++) {
            if (i == lower.length() || lower.charAt(i) == '_') {
                if (i > from) {
                    parts.add(new Part(from, i));
                }
                from = i + 1;
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            StringBuilder run = new StringBuilder();
            for (int j = i; j < Math.min(parts.size(), i + LONGEST_RUN); j++) {
                Part last = parts.get(j);
                run.append(j > i ? "_" : "").append(lower, last.from(), last.to());
                String text = run.toString();
                if (!text.equals(lower) && !text.equals(lower.substring(bare))) {
                    waiting.add(
                            new Token(text, start + parts.get(i).from(), start + last.to(), j == i && i > 0 ? 1 : 0));
                }
            }
        }
    }

    private static boolean isName(char c) {
        return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }

    private int next() throws IOException {
        if (at == filled) {
            filled = input.read(buffer, 0, buffer.length);
            at = 0;
            if (filled <= 0) {
                filled = 0;
                return -1;
            }
        }
        read++;
        return buffer[at++];
    }

    @Override
    public void end() throws IOException {
        super.end();
        offset.setOffset(correctOffset(read), correctOffset(read));
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        waiting.clear();
        filled = 0;
        at = 0;
        read = 0;
    }
}
