// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a shell command line into its simple commands and their words. Only what Kbuild writes is understood: quotes,
 * backslashes, {@code ;}, {@code &&}. Nothing is expanded, as the result is run without a shell.
 */
public final class ShellWords {
    private final String text;
    private final List<List<String>> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private ShellWords(String text) {
        this.text = text;
    }

    public static List<List<String>> split(String text) {
        return new ShellWords(text).run();
    }

    private List<List<String>> run() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n' -> endWord();
                case ';', '&', '|' -> endCommand();
                case '\'' -> quoted('\'');
                case '"' -> quoted('"');
                case '\\' -> {
                    inWord = true;
                    if (at < text.length()) {
                        word.append(text.charAt(at++));
                    }
                }
                default -> {
                    inWord = true;
                    word.append(c);
                }
            }
        }
        endCommand();
        return List.copyOf(commands);
    }

    private void quoted(char quote) {
        inWord = true;
        while (at < text.length() && text.charAt(at) != quote) {
            boolean escaped = quote == '"' && text.charAt(at) == '\\' && at + 1 < text.length();
            at += escaped ? 1 : 0;
            word.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            throw new IllegalArgumentException("quote without end: " + text);
        }
        at++;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty()) {
            commands.add(List.copyOf(words));
            words = new ArrayList<>();
        }
    }
}
