// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.time.Instant;
import java.util.List;
import org.patchoscope.bot.store.StoredCommand;
import org.patchoscope.mail.Address;

/**
 * Writes the answer to the commands of a mail: to its sender alone, never to a Reply-To, which nobody has proven. Commands are
 * quoted, so that an answer which comes back commands nothing.
 */
public final class AnswerWriter {
    private static final int WIDTH = 72;

    private final ReplyWriter.Sender sender;

    public AnswerWriter(ReplyWriter.Sender sender) {
        this.sender = sender;
    }

    /** Whether an address is the one that we write from. */
    boolean isOurs(String address) {
        return Address.parse(sender.from()).address().equalsIgnoreCase(address);
    }

    /**
     * Writes it.
     *
     * @param commands of one mail, at least one
     * @param series the number of the series they are about
     */
    ReplyMail write(List<StoredCommand> commands, long series, Instant at) {
        StoredCommand first = commands.getFirst();
        String name = Address.parse(first.sender()).name();
        return new MailDraft(
                        sender.from(),
                        "command-" + first.id(),
                        "<" + first.messageId() + ">",
                        first.refers().stream().map(id -> "<" + id + ">").toList(),
                        first.subject(),
                        List.of(ReplyWriter.mailbox(new Address(name, first.address()))),
                        List.of(),
                        text(commands, sender.site() + "/s/" + series))
                .write(at);
    }

    private static String text(List<StoredCommand> commands, String page) {
        StringBuilder out = new StringBuilder();
        for (StoredCommand c : commands) {
            wrap("> ", "patchoscope: " + c.text(), out);
            wrap("", c.answer(), out);
            out.append('\n');
        }
        return out + page + "\n-- \nPatchoscope simulates entry and exit code before and after each patch.\n";
    }

    /** Lines of at most 72 columns, where words are not longer than that. */
    private static void wrap(String start, String text, StringBuilder out) {
        StringBuilder line = new StringBuilder(start);
        for (String word : text.split(" ")) {
            if (line.length() > start.length() && line.length() + word.length() >= WIDTH) {
                out.append(line).append('\n');
                line.setLength(start.length());
            }
            line.append(line.length() > start.length() ? " " : "").append(word);
        }
        out.append(line).append('\n');
    }
}
