// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.patchoscope.bot.jobs.Threads;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.mail.MessageId;

/** Threads of series at the addresses of a public-inbox archive, where b4 looks for them ({@code b4.midmask}). */
@Path("/all")
@RunOnVirtualThread
public final class ArchivePage {
    private final Answers answers;
    private final SeriesStore series;
    private final Threads threads;

    ArchivePage(Answers answers, SeriesStore series, Threads threads) {
        this.threads = threads;
        this.answers = answers;
        this.series = series;
    }

    @GET
    @Path("{id:[^/]{1,500}}/t.mbox.gz")
    public Response mails(@PathParam("id") String id) throws IOException {
        Optional<byte[]> thread = MessageId.parse(id).flatMap(threads::of);
        return thread.isEmpty()
                ? missing()
                : Response.ok(packed(thread.get()), "application/gzip").build();
    }

    /** The page of the series. */
    @GET
    @Path("{id:[^/]{1,500}}")
    public Response show(@PathParam("id") String id) {
        return find(id).map(
                        s -> Response.seeOther(URI.create(Lines.series(s.id()))).build())
                .orElseGet(this::missing);
    }

    private Optional<StoredSeries> find(String id) {
        return MessageId.parse(id).flatMap(m -> series.byMessage(m.key()));
    }

    private Response missing() {
        return answers.missing("No series here has a mail of this id.");
    }

    private static byte[] packed(byte[] mails) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
            packing.write(mails);
        }
        return out.toByteArray();
    }
}
