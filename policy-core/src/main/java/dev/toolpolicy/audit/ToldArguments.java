package dev.toolpolicy.audit;

import dev.toolpolicy.spi.AuditedArguments;
import java.util.List;

/** What a line tells of the arguments: asked for before the log is locked, for a digest takes its time and is another's code. */
record ToldArguments(List<String> names, int count, int bytes, String digest) {
    static ToldArguments of(AuditedArguments arguments, byte[] key) {
        List<String> all = arguments.names();
        List<String> names = List.copyOf(all.subList(0, Math.min(AuditedArguments.MOST_NAMES, all.size())));
        return new ToldArguments(names, arguments.count(), arguments.bytes(), arguments.digest(key));
    }
}
