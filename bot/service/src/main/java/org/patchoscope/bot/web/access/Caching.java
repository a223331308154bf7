// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers of text: an entity tag of their content, nothing at all for who has that content (RFC 9110, 13), and packed for who can
 * unpack it. What was packed is kept for a while, since the same is asked for again.
 */
@Provider
public final class Caching implements ContainerResponseFilter {
    private static final int SHORTEST_PACKED = 1_000;
    private static final long MOST_BYTES = 24L << 20;

    private final Map<String, byte[]> packed = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!request.getMethod().equals("GET")
                || response.getStatus() != 200
                || !(response.getEntity() instanceof String text)) {
            return;
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        String digest = digest(content);
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("ETag", "W/\"" + digest + "\"");
        headers.putSingle("Vary", "Accept-Encoding");
        headers.computeIfAbsent("Cache-Control", _ -> Arrays.asList("no-cache"));
        if (matches(request.getHeaderString("If-None-Match"), digest)) {
            response.setStatus(304);
            response.setEntity(null);
            headers.remove("Content-Type");
            return;
        }
        MediaType type = response.getMediaType();
        boolean gzip = content.length >= SHORTEST_PACKED && accepts(request.getHeaderString("Accept-Encoding"));
        if (gzip) {
            headers.putSingle("Content-Encoding", "gzip");
        }
        response.setEntity(gzip ? packed(digest, content) : content, null, type);
    }

    private static boolean matches(@Nullable String header, String digest) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(t -> t.equals("*") || t.contains(digest));
    }

    /** Whether gzip is among what is accepted, with a weight that is not zero. */
    private static boolean accepts(@Nullable String header) {
        return header != null
                && Arrays.stream(header.toLowerCase(Locale.ROOT).split(","))
                        .map(c -> c.replace(" ", ""))
                        .anyMatch(c -> (c.equals("gzip") || c.startsWith("gzip;")) && !c.matches(".*;q=0(\\.0*)?"));
    }

    private synchronized byte[] packed(String digest, byte[] content) {
        byte[] known = packed.get(digest);
        if (known != null) {
            return known;
        }
        byte[] made = pack(content);
        packed.put(digest, made);
        bytes += made.length;
        var oldest = packed.entrySet().iterator();
        while (bytes > MOST_BYTES && packed.size() > 1) {
            bytes -= oldest.next().getValue().length;
            oldest.remove();
        }
        return made;
    }

    private static byte[] pack(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        return out.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
