// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.net.URI;
import java.net.URISyntaxException;
import org.patchoscope.mail.mbox.MailInputException;

/**
 * A mail or news server's address: {@code imaps://user@host:port/folder}, {@code nntp://host/group}.
 *
 * @param user may be empty
 * @param port -1 for the protocol's own
 * @param box folder or group
 */
record ServerAddress(String scheme, String user, String host, int port, String box) {
    static ServerAddress parse(String text, String example) throws MailInputException {
        try {
            URI uri = new URI(text);
            String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
            if (uri.getHost() != null && !path.isEmpty()) {
                String user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
                return new ServerAddress(uri.getScheme(), user, uri.getHost(), uri.getPort(), path);
            }
        } catch (URISyntaxException e) {
            throw wrong(text, example);
        }
        throw wrong(text, example);
    }

    /** What the server is called in errors and as a source; never holds a password. */
    @Override
    public String toString() {
        return scheme + "://" + (user.isEmpty() ? "" : user.replaceFirst(":.*", "") + "@") + host
                + (port < 0 ? "" : ":" + port) + "/" + box;
    }

    private static MailInputException wrong(String text, String example) {
        return new MailInputException(
                MailInputException.Kind.UNREADABLE,
                "that is no address of a mailbox",
                text,
                "write it like " + example);
    }
}
