// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.patchoscope.bot.store.BounceStore;
import org.patchoscope.mail.DeliveryReport;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.SeriesNews;

/**
 * Looks for mail of ours that came back, in the mailbox that it is sent from. In no other source: in an archive a report is
 * what anybody wrote there.
 */
public final class BounceIntake implements MailVisitor {
    private static final Logger LOG = Logger.getLogger(BounceIntake.class);
    private static final int BATCH = 200;

    private final BounceStore bounces;
    private final String store;
    private final List<String> source;

    /**
     * Makes one.
     *
     * @param store names the store of mail
     * @param source the mailbox as that store calls it, or nothing: then nothing is looked for
     */
    public BounceIntake(BounceStore bounces, String store, List<String> source) {
        this.bounces = bounces;
        this.store = store;
        this.source = List.copyOf(source);
    }

    @Override
    public void look(MailStore mails) throws IOException {
        for (String mailbox : source) {
            List<SeriesNews.NumberedMail> batch;
            do {
                batch = mails.news().automatic(mailbox, bounces.read(store, mailbox), BATCH);
                if (!batch.isEmpty()) {
                    take(mailbox, batch);
                }
            } while (batch.size() == BATCH);
        }
    }

    private void take(String mailbox, List<SeriesNews.NumberedMail> batch) {
        List<BounceStore.Bounce> found = new ArrayList<>();
        for (SeriesNews.NumberedMail mail : batch) {
            Optional<DeliveryReport> report = DeliveryReport.of(mail.message());
            report.ifPresent(r -> r.recipients().stream()
                    .filter(DeliveryReport.Recipient::failed)
                    .map(x -> new BounceStore.Bounce(r.original().value(), x.address(), x.status(), x.diagnostic()))
                    .forEach(found::add));
        }
        int news = bounces.keep(store, mailbox, batch.getLast().number(), found);
        if (news > 0) {
            LOG.warnf("%d replies came back", news);
        }
    }
}
