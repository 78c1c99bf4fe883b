package dev.toolpolicy.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.toolpolicy.audit.AuditVerifier.Head;
import java.util.Optional;

/** What a line says of its place in the chain. */
record Link(long seq, String prev, String hash) {
    private static final String SEQ = "{\"seq\":";
    private static final String PREV = ",\"prev\":\"";
    private static final String AFTER_PREV = "\",\"type\":\"";
    private static final String HASH = ",\"hash\":\"";
    private static final String END = "\"}";
    private static final int HASH_LENGTH = 64;
    private static final int MOST_DIGITS = 18;

    /** How a line begins that follows on this head; {@link #of} reads it back. */
    static void begin(LineBuffer line, Head head) {
        line.begin();
        line.field("seq", head.lines() + 1);
        line.field("prev", head.hash(), HASH_LENGTH);
    }

    /** Empty if the line, without its line feed, is not as a log writes it, or its hash is not that of its bytes. */
    static Optional<Link> of(Chain chain, byte[] line, int length) {
        int hashAt = length - END.length() - HASH_LENGTH - HASH.length();
        if (hashAt < 0 || !isPrintable(line, length)) return Optional.empty();
        // Of a long line, no more than what is looked at is made a text.
        String start = new String(line, 0, Math.min(hashAt, 128), ISO_8859_1);
        String end = new String(line, hashAt, length - hashAt, ISO_8859_1);
        if (!end.startsWith(HASH) || !end.endsWith(END)) return Optional.empty();
        String hash = end.substring(HASH.length(), HASH.length() + HASH_LENGTH);
        if (!Chain.same(hash, chain.hash(line, hashAt))) return Optional.empty();
        return place(start).map(place -> new Link(place.seq, place.prev, hash));
    }

    private static Optional<Link> place(String start) {
        int comma = start.indexOf(',');
        if (comma <= SEQ.length() || comma > SEQ.length() + MOST_DIGITS || !start.startsWith(SEQ))
            return Optional.empty();
        int prevAt = comma + PREV.length();
        if (!start.startsWith(PREV, comma) || !start.startsWith(AFTER_PREV, prevAt + HASH_LENGTH))
            return Optional.empty();
        String digits = start.substring(SEQ.length(), comma);
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) return Optional.empty();
        return Optional.of(new Link(Long.parseLong(digits), start.substring(prevAt, prevAt + HASH_LENGTH), ""));
    }

    private static boolean isPrintable(byte[] line, int length) {
        for (int i = 0; i < length; i++) {
            if (line[i] < ' ' || line[i] > '~') return false;
        }
        return true;
    }

    /** Where the chain stands after this line. */
    Head head() {
        return new Head(seq, hash);
    }

    boolean follows(Head head) {
        return seq == head.lines() + 1 && prev.equals(head.hash());
    }
}
