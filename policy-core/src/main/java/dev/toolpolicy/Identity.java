package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.json.FrozenMap;
import dev.toolpolicy.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as the host knows it and never as the agent says: the grant by which access was given, perhaps a session, and
 * attributes. Immutable.
 */
public final class Identity {
    /** How many attributes an identity may have. */
    public static final int MAX_ATTRIBUTES = 64;

    /** How long a grant, a session, and an attribute's name and value may be. */
    public static final int MAX_LENGTH = 256;

    private final String grant;
    private final @Nullable String session;
    private final FrozenMap<Object> attributes;
    // Made when first asked for: two threads may each make the same text, and either will do.
    private @Nullable String sessionOfGrant;

    private Identity(String grant, @Nullable String session, FrozenMap<Object> attributes) {
        this.grant = grant;
        this.session = session;
        this.attributes = attributes;
    }

    /**
     * A caller who was given access by this grant.
     *
     * @throws MalformedCallException if it is null, blank, over 256 characters, or holds control characters or half a surrogate
     *     pair: what names nobody never becomes a caller that many share
     */
    public static Identity of(@Nullable String grant) {
        return new Identity(checked("grant", grant), null, FrozenMap.empty());
    }

    /**
     * The same caller in a session. Give one only if the caller cannot renew it at will: else a limit per session limits nothing.
     *
     * @throws MalformedCallException if the session is none, as in {@link #of}
     */
    public Identity withSession(@Nullable String session) {
        return new Identity(grant, checked("session", session), attributes);
    }

    /**
     * The same caller with an attribute that the host vouches for.
     *
     * @throws MalformedCallException if name or value are none, as in {@link #of}, the name is {@code grant} or {@code session},
     *     or there are more than 64 attributes
     */
    public Identity with(@Nullable String name, @Nullable String value) {
        return withAttribute(name, checked("attribute's value", value));
    }

    /**
     * The same caller with an attribute that has several values.
     *
     * @throws MalformedCallException as for a single value
     */
    public Identity with(@Nullable String name, @Nullable List<String> values) {
        if (values == null) throw new MalformedCallException("an attribute's value must not be null");
        List<String> copy = new ArrayList<>();
        // As objects, for a list that was cast may hold anything.
        for (Object value : values) {
            if (value != null && !(value instanceof String))
                throw new MalformedCallException("an attribute's value must be a string or a list of strings");
            copy.add(checked("attribute's value", (String) value));
        }
        return withAttribute(name, Collections.unmodifiableList(copy));
    }

    private Identity withAttribute(@Nullable String name, Object value) {
        String checked = checked("attribute's name", name);
        if (checked.equals("grant") || checked.equals("session")) {
            throw new MalformedCallException("an attribute must not be called " + checked);
        }
        FrozenMap<Object> more = attributes.with(checked, value);
        if (more.size() > MAX_ATTRIBUTES) {
            throw new MalformedCallException("an identity has at most " + MAX_ATTRIBUTES + " attributes");
        }
        return new Identity(grant, session, more);
    }

    /** The grant. */
    public String grant() {
        return grant;
    }

    /** The session, if there is one. */
    public Optional<String> session() {
        return Optional.ofNullable(session);
    }

    /** The attributes: each a {@code String} or an unmodifiable {@code List} of them. */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /** The grant and its session as one text, which no other pair has; without a session, the grant. */
    String sessionOfGrant() {
        if (session == null) return grant;
        String both = sessionOfGrant;
        if (both == null) sessionOfGrant = both = grant.length() + ":" + grant + session;
        return both;
    }

    /** What {@code identity.<name>} leads to; null if it leads to nothing. */
    @Nullable
    Object value(String name) {
        if (name.equals("grant")) return grant;
        return name.equals("session") ? session : attributes.get(name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity that
                && grant.equals(that.grant)
                && session().equals(that.session())
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return grant.hashCode();
    }

    /** The grant alone, fit for a message. */
    @Override
    public String toString() {
        return "Identity[" + Json.shown(grant) + "]";
    }

    private static String checked(String what, @Nullable String text) {
        if (text == null) throw new MalformedCallException("the " + what + " must not be null");
        if (text.isBlank()) throw new MalformedCallException("the " + what + " must not be blank");
        if (text.length() > MAX_LENGTH) {
            throw new MalformedCallException("the " + what + " must have at most " + MAX_LENGTH + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedCallException("the " + what + " must not hold control characters");
        }
        if (!Json.isWhole(text))
            throw new MalformedCallException("the " + what + " must not hold half a surrogate pair");
        return requireNonNull(text);
    }
}
