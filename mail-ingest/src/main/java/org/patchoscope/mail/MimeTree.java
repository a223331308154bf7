// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.patchoscope.mail.diff.DiffScanner;
import org.patchoscope.mail.text.Unpacker;

/** The headers and leaves of one mail, read with mime4j's token stream and none of its opinions about character sets. */
final class MimeTree {

    /** A mail with more leaves than this is no patch; the rest is left unread. */
    private static final int MOST_PARTS = 500;
    /** Multiparts within each other; each level reads the bytes below it once more. */
    private static final int DEEPEST = 30;

    private static final int MOST_HEADERS = 5000;
    /** Bytes of a mail that are read; the rest is stored and not looked at. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    /** Characters of a field in which parameters are looked for. */
    private static final int LONGEST_PARAMETERS = 4000;

    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(-1)
            .setMaxContentLen(-1)
            .build();

    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private static final Map<String, Pattern> PARAMETERS = Stream.of("filename", "name", "charset", "format", "delsp")
            .collect(Collectors.toUnmodifiableMap(n -> n, MimeTree::parameterPattern));

    private final List<Header> headers = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private MimeTree() {}

    static MimeTree read(byte[] raw) {
        MimeTree tree = new MimeTree();
        try {
            tree.walk(raw);
        } catch (IOException | MimeException | RuntimeException e) {
            // mime4j throws unchecked exceptions on some broken boundaries and charsets, too.
            tree.problems.add(new Problem(Problem.Kind.MIME, String.valueOf(e.getMessage())));
            if (tree.parts.isEmpty()) {
                byte[] rest = TextRepair.lineEnds(MessageReader.afterHeaders(raw));
                tree.parts.add(new Part("text/plain", "", "", false, rest));
            }
        }
        return tree;
    }

    List<Header> headers() {
        return headers;
    }

    List<Part> parts() {
        return parts;
    }

    List<Problem> problems() {
        return problems;
    }

    private void walk(byte[] raw) throws IOException, MimeException {
        MimeTokenStream stream = new MimeTokenStream(LIMITS);
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
        if (raw.length > MOST_BYTES) {
            limit("of " + raw.length + " bytes the first " + MOST_BYTES + " are read");
        }
        stream.parse(new ByteArrayInputStream(raw, 0, Math.min(raw.length, MOST_BYTES)));
        List<Header> entity = headers;
        int depth = 0;
        for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
            if (state == EntityState.T_START_BODYPART) {
                entity = new ArrayList<>();
            } else if (state == EntityState.T_FIELD && entity.size() < MOST_HEADERS) {
                entity.add(header(stream.getField()));
                if (entity.size() == MOST_HEADERS) {
                    limit("the first " + MOST_HEADERS + " header fields are read");
                }
            } else if (state == EntityState.T_START_MULTIPART && ++depth > DEEPEST) {
                limit("multiparts deeper than " + DEEPEST + " are not read");
                return;
            } else if (state == EntityState.T_END_MULTIPART) {
                depth--;
            } else if (state == EntityState.T_BODY) {
                parts.add(part(stream, entity));
                if (parts.size() == MOST_PARTS) {
                    limit("the first " + MOST_PARTS + " parts are read");
                    return;
                }
            }
        }
    }

    private void limit(String what) {
        problems.add(new Problem(Problem.Kind.LIMIT, what));
    }

    private static Header header(Field field) {
        byte[] raw = field.getSafeRaw().toByteArray();
        String line = MessageReader.headerText(raw);
        int colon = line.indexOf(':');
        String value = colon < 0 ? line : line.substring(colon + 1);
        // Unfolding takes the line break only (RFC 5322, 2.2.3); the blank after it belongs to the value.
        return new Header(field.getName().strip(), unfolded(value).strip());
    }

    private static String unfolded(String value) {
        int end = value.indexOf('\n');
        if (end < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        int start = 0;
        for (; end >= 0; end = value.indexOf('\n', end + 1)) {
            boolean fold = end + 1 < value.length() && (value.charAt(end + 1) == ' ' || value.charAt(end + 1) == '\t');
            if (fold) {
                out.append(value, start, end > start && value.charAt(end - 1) == '\r' ? end - 1 : end);
                start = end + 1;
            }
        }
        return out.append(value, start, value.length()).toString();
    }

    private Part part(MimeTokenStream stream, List<Header> entity) throws IOException {
        String contentType = value(entity, "Content-Type");
        String disposition = value(entity, "Content-Disposition");
        String type = stream.getBodyDescriptor().getMimeType();
        String name = parameter(disposition, "filename");
        String fileName = name.isEmpty() ? parameter(contentType, "name") : name;
        boolean attachment = disposition.toLowerCase(Locale.ROOT).startsWith("attachment")
                || (!type.equals("text/plain") && !fileName.isEmpty());
        byte[] bytes = unpacked(bytes(stream));
        if (type.startsWith("text/") || !fileName.isEmpty()) {
            bytes = repair(bytes, contentType);
        }
        return new Part(type, HeaderText.decodeWords(fileName), parameter(contentType, "charset"), attachment, bytes);
    }

    private byte[] bytes(MimeTokenStream stream) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            var in = stream.getDecodedInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException | RuntimeException e) {
            // A broken base64 tail (a list's plain footer) must not lose the readable start.
            problems.add(new Problem(Problem.Kind.MIME, String.valueOf(e.getMessage())));
        }
        return out.toByteArray();
    }

    /** People attach patches packed with gzip or xz, under any type and name. */
    private byte[] unpacked(byte[] bytes) {
        if (!Unpacker.isPacked(bytes)) {
            return bytes;
        }
        try (InputStream in = Unpacker.unpacked(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            problems.add(new Problem(Problem.Kind.MIME, "a packed part cannot be unpacked: " + e.getMessage()));
            return bytes;
        }
    }

    private static byte[] repair(byte[] decoded, String contentType) {
        byte[] bytes = TextRepair.lineEnds(decoded);
        if (parameter(contentType, "format").equalsIgnoreCase("flowed")) {
            bytes = unflow(bytes, parameter(contentType, "delsp").equalsIgnoreCase("yes"));
        }
        return TextRepair.unsign(bytes);
    }

    /** Flowed text joins lines that end in a blank, which a diff may hold: takes the first reading with a sound diff. */
    private static byte[] unflow(byte[] bytes, boolean delSp) {
        byte[] flowed = TextRepair.unflow(bytes, delSp);
        for (byte[] reading : List.of(flowed, TextRepair.unstuff(bytes), bytes)) {
            if (DiffScanner.find(reading).filter(found -> !found.damaged()).isPresent()) {
                return reading;
            }
        }
        return flowed;
    }

    private static String value(List<Header> entity, String name) {
        return entity.stream()
                .filter(h -> h.is(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    private static Pattern parameterPattern(String name) {
        return Pattern.compile(";\\s*" + name + "\\*?\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    }

    private static String parameter(String value, String name) {
        if (value.indexOf('=') < 0) {
            return "";
        }
        Matcher m = PARAMETERS
                .getOrDefault(name, NOTHING)
                .matcher(value.substring(0, Math.min(value.length(), LONGEST_PARAMETERS)));
        if (!m.find()) {
            return "";
        }
        return (m.group(1) != null ? m.group(1) : m.group(2)).strip();
    }
}
