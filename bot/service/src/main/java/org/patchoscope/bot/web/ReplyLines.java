// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.LongFunction;
import org.patchoscope.bot.reply.Reply;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.web.Lines.CommandLine;
import org.patchoscope.bot.web.Lines.Moment;
import org.patchoscope.bot.web.Lines.ReviewLine;

/** Replies as listed, with what each is about. */
@Singleton
public final class ReplyLines {
    private final ReviewStore reviews;
    private final CommandStore commands;

    ReplyLines(ReviewStore reviews, CommandStore commands) {
        this.reviews = reviews;
        this.commands = commands;
    }

    /** A reply as listed. */
    public record ReplyLine(
            String href,
            String state,
            String stateText,
            List<ReviewLine> review,
            List<CommandLine> commands,
            List<String> reasons,
            Moment notBefore,
            Moment changed,
            String problem) {}

    /**
     * A reply's line.
     *
     * @param address of the page of a reply
     */
    public ReplyLine of(Reply reply, LongFunction<String> address) {
        return new ReplyLine(
                address.apply(reply.id()),
                reply.state().key(),
                reply.state().text(),
                reviews.find(reply.review()).map(ReviewLine::of).stream().toList(),
                reply.review() > 0
                        ? List.of()
                        : commands.ofReply(reply.id()).stream()
                                .map(CommandLine::of)
                                .toList(),
                reply.reasons(),
                Moment.of(reply.notBefore()),
                Moment.of(reply.changed()),
                reply.problem());
    }
}
