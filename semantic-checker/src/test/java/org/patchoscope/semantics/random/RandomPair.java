// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.random;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A small C function and the same with one edit: branches, loops, calls, memory behind a pointer, flags. All arithmetic is unsigned,
 * shifts and indices are masked, so that every input has a defined result.
 *
 * @param before body of the function
 * @param after the same body, edited
 * @param edit what was done to it
 */
record RandomPair(String before, String after, String edit) {
    private static final List<String> OPERATORS = List.of("+", "-", "*", "&", "|", "^");
    private static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=", "==", "!=");
    private static final List<String> CONSTANTS = List.of(
            "0",
            "1",
            "2",
            "3",
            "4",
            "7",
            "8",
            "15",
            "16",
            "63",
            "127",
            "128",
            "255",
            "256",
            "0x7fffffff",
            "0x80000000");

    /** Text that an edit may replace by one of the others; {@code same} ones mean the same. */
    private record Token(String text, List<String> others, List<String> same) {
        static Token plain(String text) {
            return new Token(text, List.of(), List.of());
        }

        static Token one(RandomGenerator random, List<String> of) {
            return new Token(of.get(random.nextInt(of.size())), of, List.of());
        }
    }

    /** A pair that is the same for the same random numbers. */
    static RandomPair of(RandomGenerator random) {
        Writer w = new Writer(random);
        w.block(0);
        w.plain("return ");
        w.expression(2);
        w.plain(";\n");
        List<Token> tokens = w.tokens;
        List<Integer> places = new ArrayList<>();
        boolean kept = random.nextInt(3) == 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (kept ? !tokens.get(i).same().isEmpty() : tokens.get(i).others().size() > 1) {
                places.add(i);
            }
        }
        if (places.isEmpty()) {
            return of(random);
        }
        int at = places.get(random.nextInt(places.size()));
        Token token = tokens.get(at);
        List<String> choices = (kept ? token.same() : token.others())
                .stream().filter(c -> !c.equals(token.text())).toList();
        String now = choices.get(random.nextInt(choices.size()));
        List<Token> edited = new ArrayList<>(tokens);
        edited.set(at, Token.plain(now));
        return new RandomPair(text(tokens), text(edited), token.text() + " -> " + now);
    }

    private static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(t -> text.append(t.text()));
        return text.toString();
    }

    private static final class Writer {
        private static final int DEEPEST = 3;

        private final RandomGenerator random;
        private final List<Token> tokens = new ArrayList<>();
        private int loops;
        private int calls;

        Writer(RandomGenerator random) {
            this.random = random;
        }

        void plain(String text) {
            tokens.add(Token.plain(text));
        }

        void block(int depth) {
            int n = 2 + random.nextInt(depth == 0 ? 4 : 2);
            for (int i = 0; i < n; i++) {
                statement(depth);
            }
        }

        private void statement(int depth) {
            int kind = random.nextInt(depth < DEEPEST ? 10 : 5);
            switch (kind) {
                case 0, 1 ->
                    dropped(() -> {
                        plain("v" + random.nextInt(4) + " = ");
                        expression(2);
                    });
                case 2, 3 ->
                    dropped(() -> {
                        plain("v" + random.nextInt(4) + " = ev(" + calls++ + ", ");
                        expression(1);
                        plain(")");
                    });
                case 4 ->
                    dropped(() -> {
                        plain("p[(");
                        expression(1);
                        plain(") & 7] = ");
                        expression(1);
                    });
                case 5, 6, 7 -> {
                    plain("if (");
                    condition(1);
                    plain(") {\n");
                    block(depth + 1);
                    plain("} else {\n");
                    block(depth + 1);
                    plain("}\n");
                }
                case 8 -> {
                    plain("if (");
                    condition(1);
                    plain(")\nreturn ");
                    expression(1);
                    plain(";\n");
                }
                default -> {
                    String i = "i" + loops++;
                    plain("for (unsigned " + i + " = 0; " + i + " < ");
                    tokens.add(Token.one(random, List.of("1", "2", "3")));
                    plain("; " + i + "++) {\nv0 += " + i + ";\n");
                    statement(DEEPEST);
                    plain("}\n");
                }
            }
        }

        /** A statement that an edit may leave out. */
        private void dropped(Runnable write) {
            int from = tokens.size();
            write.run();
            if (random.nextInt(4) == 0) {
                String whole = text(tokens.subList(from, tokens.size())) + ";\n";
                tokens.subList(from, tokens.size()).clear();
                tokens.add(new Token(whole, List.of(whole, ";\n"), List.of()));
            } else {
                plain(";\n");
            }
        }

        void expression(int depth) {
            int kind = random.nextInt(depth == 0 ? 3 : 10);
            switch (kind) {
                case 0, 1 -> plain("v" + random.nextInt(4));
                case 2 -> tokens.add(Token.one(random, CONSTANTS));
                case 3 -> {
                    plain("p[(");
                    expression(depth - 1);
                    plain(") & 7]");
                }
                case 4 -> {
                    plain("((");
                    expression(depth - 1);
                    plain(") >> ");
                    tokens.add(Token.one(random, List.of("1", "2", "4", "8", "31", "32")));
                    plain(")");
                }
                case 5 -> {
                    plain("(");
                    tokens.add(Token.one(
                            random,
                            List.of("(unsigned char)", "(unsigned short)", "(unsigned)", "(unsigned long)(int)")));
                    plain("(");
                    expression(depth - 1);
                    plain("))");
                }
                case 6 -> {
                    String v = "v" + random.nextInt(4);
                    List<String> twice = List.of("(" + v + " + " + v + ")", "(" + v + " * 2)", "(" + v + " << 1)");
                    tokens.add(new Token(twice.get(random.nextInt(3)), List.of(), twice));
                }
                case 7 -> {
                    plain("((");
                    condition(depth - 1);
                    plain(") ? (");
                    expression(depth - 1);
                    plain(") : (");
                    expression(depth - 1);
                    plain("))");
                }
                default -> {
                    plain("((");
                    expression(depth - 1);
                    plain(") ");
                    tokens.add(Token.one(random, OPERATORS));
                    plain(" (");
                    expression(depth - 1);
                    plain("))");
                }
            }
        }

        void condition(int depth) {
            switch (random.nextInt(depth == 0 ? 2 : 5)) {
                case 0 -> {
                    String v = "v" + random.nextInt(4);
                    int bit = random.nextInt(40);
                    List<String> has = List.of(
                            "(" + v + " & (1UL << " + bit + ")) != 0",
                            "((" + v + " >> " + bit + ") & 1) == 1",
                            "!!(" + v + " & (1UL << " + bit + "))");
                    tokens.add(new Token(
                            has.get(random.nextInt(3)),
                            List.of(has.getFirst(), has.getFirst().replace("!= 0", "== 0")),
                            has));
                }
                case 1 -> {
                    boolean signed = random.nextInt(3) == 0;
                    plain(signed ? "(long)(" : "(");
                    expression(0);
                    plain(") ");
                    tokens.add(Token.one(random, COMPARISONS));
                    plain(signed ? " (long)(" : " (");
                    expression(0);
                    plain(")");
                }
                case 2 -> {
                    plain("!(");
                    condition(depth - 1);
                    plain(")");
                }
                default -> {
                    plain("(");
                    condition(depth - 1);
                    plain(") ");
                    tokens.add(Token.one(random, List.of("&&", "||")));
                    plain(" (");
                    condition(depth - 1);
                    plain(")");
                }
            }
        }
    }
}
