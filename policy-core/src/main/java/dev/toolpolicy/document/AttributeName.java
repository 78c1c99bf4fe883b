package dev.toolpolicy.document;

/** The names that an identity's attributes may have. */
final class AttributeName {
    static final String HINT = "an attribute's name is 1 to 256 characters, not blank, without control characters";

    private static final int LONGEST = 256;

    private AttributeName() {}

    static boolean isLegal(String name) {
        return !name.isBlank() && name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl);
    }
}
