package dev.toolpolicy;

import dev.toolpolicy.spi.AuditRecord.Caller;
import dev.toolpolicy.spi.AuditedArguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a log may know of a call. */
final class CallSummary implements AuditedArguments {
    private final ToolCall call;

    CallSummary(ToolCall call) {
        this.call = call;
    }

    static Caller caller(Identity who) {
        return new Caller(who.grant(), who.session());
    }

    /** No more characters than that, and no half of a surrogate pair at the end. */
    static String cut(String text, int most) {
        if (text.length() <= most) return text;
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(Math.min(MOST_NAMES, count()));
        for (String name : call.arguments().keySet()) {
            if (names.size() == MOST_NAMES) break;
            names.add(cut(name, LONGEST_NAME));
        }
        return Collections.unmodifiableList(names);
    }

    @Override
    public int count() {
        return call.arguments().size();
    }

    @Override
    public int bytes() {
        return call.bytes();
    }

    @Override
    public String digest(byte[] key) {
        return Digests.hmac(key, call.digest());
    }
}
