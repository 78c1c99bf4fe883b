package dev.toolpolicy.audit;

import dev.toolpolicy.spi.AuditedArguments;
import java.util.List;

/** What a line tells of the arguments: asked for before the log is locked, for a digest takes its time and is another's code. */
record ToldArguments(List<String> names, int count, int bytes, String digest) {
    static ToldArguments of(AuditedArguments arguments, byte[] key) {
        List<String> names =
                arguments.names().stream().limit(AuditedArguments.MOST_NAMES).toList();
        return new ToldArguments(names, arguments.count(), arguments.bytes(), arguments.digest(key));
    }
}
