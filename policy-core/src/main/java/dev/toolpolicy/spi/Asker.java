package dev.toolpolicy.spi;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks for an approval: the whole identity of a call, as the host gave it.
 *
 * @param grant by which access was given
 * @param session in which the question was asked first; an approval holds in any other too
 * @param attributes each a {@code String} or an unmodifiable {@code List} of them
 */
public record Asker(String grant, Optional<String> session, Map<String, Object> attributes) {
    public Asker {
        requireNonNull(grant, "grant");
        requireNonNull(session, "session");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
