// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.bot.review.Review.Claim.Kind;

/**
 * Finds in a changelog what can be set against a simulation. It would rather miss a claim than put one into somebody's
 * mouth: what is negated, asked, conditional or in quotes is no claim.
 */
public final class ClaimFinder {
    private static final int LONGEST_QUOTE = 200;

    private static final Pattern NO_CHANGE = insensitive(
            "\\bno(?:\\s+(?:intended|intentional|real|actual|other|further))?[\\s-]+functional(?:ity)?[\\s-]+"
                    + "(?:changes?|differences?|effects?)\\b"
                    + "|\\bno\\s+(?:intended\\s+)?(?:changes?|differences?)\\s+(?:in|of|to)\\s+"
                    + "(?:the\\s+)?(?:functional(?:ity)?|behaviou?r|semantics)\\b"
                    + "|\\bno\\s+(?:intended\\s+)?(?:behaviou?r(?:al)?|semantic)\\s+(?:changes?|differences?)\\b"
                    + "|\\bnon-functional\\s+changes?\\b"
                    + "|\\b(?:does|do|should|must|will|is|are)(?:\\s+not|n't)\\s+(?:supposed\\s+to\\s+|meant\\s+to\\s+)?"
                    + "(?:change|alter|affect)\\s+(?:the\\s+|any\\s+)?(?:functionality|behaviou?r|semantics)\\b"
                    + "|\\bwithout\\s+(?:any\\s+)?(?:functional\\s+changes?|chang(?:e|es|ing)\\s+(?:in\\s+|the\\s+|any\\s+)*"
                    + "(?:functionality|behaviou?r|semantics))\\b"
                    + "|\\b(?:functional(?:ly)?|logical(?:ly)?|semantic(?:ally)?|behaviou?ral(?:ly)?)\\s+"
                    + "(?:equivalen(?:t|ce)|identical)\\b");
    /** The abbreviation counts in capitals only: nfc is a kind of radio. */
    private static final Pattern NFC =
            Pattern.compile("^\\W*NFCI?\\W*$|[(,;:]\\s*NFCI?\\s*[).;]*\\s*$|\\bNFCI? intended\\b");

    private static final String NUMBER = "\\d{1,5}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";
    private static final Pattern SAVES = insensitive(
            "\\b(?:sav(?:es?|ed|ing)|avoid(?:s|ed|ing)?|eliminat(?:es?|ed|ing)|shav(?:es?|ed|ing)(?:\\s+off)?)\\s+"
                    + "(?:us\\s+|about\\s+|around\\s+|roughly\\s+|at\\s+least\\s+|up\\s+to\\s+|another\\s+)*"
                    + "(" + NUMBER + ")\\s+(?:[a-z-]+\\s+){0,2}?(?:instructions?|insns?|mov[a-z]?s?)\\b");

    private static final Pattern NEGATED = insensitive(
            "(?:\\bnot|n't|\\bnever|\\bcannot|\\bhardly|\\bfar\\s+from|\\bif|\\bunless|\\bwhether|\\binstead\\s+of"
                    + "|\\brather\\s+than|\\bno\\s+longer)\\b(?:\\s+[^\\s,;:]+){0,5}\\s*$");
    private static final Pattern SCOPE = insensitive("^(?:,?\\s+(?:is|are|was|were|intended|expected|planned))*,?\\s+"
            + "(?:(?:to|regarding|for|in|on|of|with|outside|unless|when|if|except|other\\s+than|apart\\s+from|besides|but)"
            + "\\b)(?!\\s+(?:this|these|the|that)\\s+(?:patch|commit|change|series|(?:old|previous|original|existing|current"
            + "|prior)\\s+(?:code|behaviou?r|implementation|version|one)))");
    private static final Pattern SUBJECT = insensitive("^(?:\\S+ing|(?:this|the|that)\\s+(?:helper|function|macro|call"
            + "|check|wrapper|flag|option))\\b.*\\b(?:introduces?|makes?|brings?|causes?|has|is|results?\\s+in)\\s*$");

    private ClaimFinder() {}

    /** The claims in the order of the text, each sentence once per kind. */
    public static List<FoundClaim> find(String changelog) {
        Map<String, FoundClaim> out = new LinkedHashMap<>();
        for (String sentence : Sentences.of(changelog)) {
            if (!sentence.endsWith("?")) {
                noChange(sentence, out);
                saves(sentence, out);
            }
        }
        return List.copyOf(out.values());
    }

    private static void noChange(String sentence, Map<String, FoundClaim> out) {
        for (Pattern pattern : List.of(NO_CHANGE, NFC)) {
            Matcher m = pattern.matcher(sentence);
            while (m.find()) {
                String before = sentence.substring(0, m.start());
                if (!excluded(before)) {
                    boolean partial = SCOPE.matcher(sentence.substring(m.end())).lookingAt()
                            || SUBJECT.matcher(before).matches();
                    String quote = quote(sentence, m.start());
                    out.putIfAbsent(
                            "n" + quote,
                            new FoundClaim(quote, Kind.NO_FUNCTIONAL_CHANGE, OptionalInt.empty(), partial));
                }
            }
        }
    }

    private static void saves(String sentence, Map<String, FoundClaim> out) {
        Matcher m = SAVES.matcher(sentence);
        while (m.find()) {
            if (!excluded(sentence.substring(0, m.start()))) {
                String quote = quote(sentence, m.start());
                OptionalInt count = OptionalInt.of(number(m.group(1)));
                out.putIfAbsent("s" + quote + count, new FoundClaim(quote, Kind.SAVES_INSTRUCTIONS, count, false));
            }
        }
    }

    /** Whether what follows is denied, conditional or inside quotation marks. */
    private static boolean excluded(String before) {
        return before.chars().filter(c -> c == '"').count() % 2 == 1
                || before.lastIndexOf('\u201c') > before.lastIndexOf('\u201d')
                || NEGATED.matcher(before).find();
    }

    private static int number(String text) {
        List<String> words = List.of(NUMBER.split("\\|"));
        int at = words.indexOf(text.toLowerCase(Locale.ROOT));
        return at > 0 ? at : Integer.parseInt(text);
    }

    /** The sentence; of a very long one the part around the claim. */
    private static String quote(String sentence, int at) {
        if (sentence.length() <= LONGEST_QUOTE) {
            return sentence;
        }
        int from = Math.max(0, Math.min(at - 60, sentence.length() - LONGEST_QUOTE + 6));
        int to = Math.min(sentence.length(), from + LONGEST_QUOTE - 6);
        return (from > 0 ? "..." : "") + sentence.substring(from, to) + (to < sentence.length() ? "..." : "");
    }

    private static Pattern insensitive(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
