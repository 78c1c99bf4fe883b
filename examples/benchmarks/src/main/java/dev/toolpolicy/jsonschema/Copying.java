package dev.toolpolicy.jsonschema;

import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Frozen arguments copied for everit, as it is done before they are judged. Here, for nothing but this package may do it. */
@NullMarked
public final class Copying {
    private Copying() {}

    /** The copy, which has to be paid for once it is read. */
    public static Object copy(Map<String, @Nullable Object> frozen) {
        return new Arguments(new Work(1, false)).copy(frozen);
    }
}
