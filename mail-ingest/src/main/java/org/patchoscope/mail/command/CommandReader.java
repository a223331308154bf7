// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.mail.AutomaticMail;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.Problem;
import org.patchoscope.mail.series.Patch;

/**
 * Finds commands in what a person wrote into a mail: lines that begin with {@code patchoscope:}, at the start of a
 * paragraph or below another command. Not in mail of programs, and not in what was quoted, forwarded, signed or is a diff.
 * The rule about paragraphs is for quotes that a mail program wrapped: their second half stands at the margin as well.
 */
public final class CommandReader {
    /** Commands of one mail; people write one or two. */
    private static final int MOST = 20;
    /** Characters of a command. */
    private static final int LONGEST = 500;

    private static final String MARK = "patchoscope:";
    private static final Pattern LINE = Pattern.compile("(?i)" + MARK + "(.*)");
    /** What stands above somebody else's mail that is repeated without quote marks. */
    private static final Pattern OTHERS = Pattern.compile("(?i)-+ ?(?:original|forwarded|begin forwarded) message ?-+|"
            + "begin forwarded message:|-{5,}begin .*|_{10,}");

    private static final Pattern ATTRIBUTION = Pattern.compile("(?i).{0,200}(?:wrote|writes|schrieb|a écrit ?):");
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/+-]{0,99}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,79}");
    private static final Pattern FINDING = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:/_-]{0,79}");

    private CommandReader() {}

    /** The commands in order; none for mail of programs. */
    public static List<WrittenCommand> read(Message message) {
        if (!mentions(message) || AutomaticMail.is(message)) {
            return List.of();
        }
        List<WrittenCommand> found = new ArrayList<>();
        boolean open = true;
        for (String line : written(message)) {
            Matcher m = LINE.matcher(line);
            boolean command = open && m.matches();
            if (command && found.size() < MOST) {
                String text = m.group(1).strip().replaceAll("\\s+", " ");
                String shown = text.substring(0, Math.min(text.length(), LONGEST));
                found.add(new WrittenCommand(found.size(), shown, command(text)));
            }
            open = command || line.isBlank();
        }
        return List.copyOf(found);
    }

    /** Whether there is a line that could be one; of nearly all mail this is all that is looked at. */
    private static boolean mentions(Message message) {
        String body = message.body();
        int line = 0;
        do {
            if (body.regionMatches(true, line, MARK, 0, MARK.length())) {
                return true;
            }
            line = body.indexOf('\n', line) + 1;
        } while (line > 0);
        return false;
    }

    /** The lines that the sender wrote. HTML may hide text from who reads it, and is not looked at. */
    private static List<String> written(Message message) {
        if (message.problems().stream().anyMatch(p -> p.kind() == Problem.Kind.HTML_ONLY)) {
            return List.of();
        }
        List<String> all = message.body().lines().toList();
        byte[] diff = Patch.of(message).diff();
        String firstOfDiff = diff.length == 0
                ? ""
                : new String(diff, java.nio.charset.StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("");
        List<String> own = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String line = all.get(i);
            String bare = line.strip();
            if (line.stripTrailing().equals("--")
                    || (diff.length > 0 && line.equals(firstOfDiff))
                    || (bare.length() <= 200 && OTHERS.matcher(bare).matches())
                    || repeatsAnother(all, i)) {
                break;
            }
            own.add(line);
        }
        return own;
    }

    /** "Jo wrote:" and then text without quote marks. */
    private static boolean repeatsAnother(List<String> lines, int at) {
        String line = lines.get(at).strip();
        if (line.length() > 220 || !ATTRIBUTION.matcher(line).matches()) {
            return false;
        }
        int next = at + 1;
        while (next < lines.size() && lines.get(next).isBlank()) {
            next++;
        }
        return next < lines.size() && !lines.get(next).startsWith(">");
    }

    /** What a command asks for, by {@linkplain WrittenCommand#text its text}. */
    public static Command command(String text) {
        if (text.length() > LONGEST) {
            return new Command.Unclear("it is longer than " + LONGEST + " characters");
        }
        String[] words = text.split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "rerun" -> alone(rest, new Command.Rerun());
            case "stop" -> alone(rest, new Command.Stop());
            case "base" ->
                REF.matcher(rest).matches() && !rest.contains("..")
                        ? new Command.Base(rest)
                        : new Command.Unclear("base takes one branch, tag or commit");
            case "assume" ->
                NAME.matcher(rest).matches()
                        ? new Command.Assume(rest)
                        : new Command.Unclear("assume takes the name of one assumption");
            case "dismiss" -> dismiss(rest);
            default -> new Command.Unclear("commands are rerun, base, assume, dismiss and stop");
        };
    }

    private static Command alone(String rest, Command command) {
        return rest.isEmpty() ? command : new Command.Unclear("nothing may follow it on its line");
    }

    private static Command dismiss(String rest) {
        String[] words = rest.split(" ", 2);
        return words.length == 2 && FINDING.matcher(words[0]).matches() && !words[1].isBlank()
                ? new Command.Dismiss(words[0], words[1])
                : new Command.Unclear("dismiss takes the id of a finding and a reason");
    }
}
