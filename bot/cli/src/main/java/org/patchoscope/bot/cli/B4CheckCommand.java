// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code patchoscope b4-check}: a check command for b4 ({@code b4.review-perpatch-check-cmd},
 * {@code b4.review-series-check-cmd}). It takes a mail on standard input and says what a service knows of it.
 */
@Command(
        name = "b4-check",
        description = "For b4: read a patch on standard input, print what a service says of it as b4's JSON.")
final class B4CheckCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Option(
            names = "--service",
            paramLabel = "URL",
            description = "Address of the service (default: $PATCHOSCOPE_SERVICE_ADDRESS or http://localhost:8080).")
    private String service = defaultService();

    private final InputStream in;

    B4CheckCommand() {
        this(System.in);
    }

    B4CheckCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws IOException, MailInputException, ReviewException, InterruptedException {
        Message mail = MailSource.read(in, "standard input").getFirst();
        URI address = address(mail.id().value());
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw unanswered("it answered " + answer.statusCode());
            }
            System.out.print(answer.body());
            return 0;
        } catch (IOException e) {
            throw unanswered(String.valueOf(e));
        }
    }

    private URI address(String id) throws ReviewException {
        try {
            return URI.create(
                    service.replaceFirst("/+$", "") + "/api/check?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new ReviewException(
                    "not an address: " + service, "--service", "give one such as http://localhost:8080");
        }
    }

    private ReviewException unanswered(String why) {
        return new ReviewException(
                "the service says nothing (" + why + ")",
                service,
                "start patchoscope serve, or name another --service");
    }

    private static String defaultService() {
        String set = System.getenv("PATCHOSCOPE_SERVICE_ADDRESS");
        return set == null || set.isBlank() ? "http://localhost:8080" : set;
    }
}
