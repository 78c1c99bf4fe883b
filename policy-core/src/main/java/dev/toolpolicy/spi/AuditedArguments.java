package dev.toolpolicy.spi;

import java.util.List;

/** What a log may know of a call's arguments: how they are named, how large they are, and a digest under a key. Never a value. */
public interface AuditedArguments {
    /** How many names are told at most. */
    int MOST_NAMES = 32;

    /** How many characters of a name are told at most. */
    int LONGEST_NAME = 64;

    /** The names of the arguments, of the outermost object alone: the first {@link #MOST_NAMES}, each cut. */
    List<String> names();

    /** How many arguments there are. */
    int count();

    /** How many bytes of JSON they are. */
    int bytes();

    /**
     * HMAC-SHA-256 of the arguments as canonical JSON, in lower-case hexadecimal digits: the same key gives the same digest if and
     * only if the arguments are the same JSON value. There is no digest without a key: small arguments would be guessed from it.
     */
    String digest(byte[] key);
}
