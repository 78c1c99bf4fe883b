package dev.toolpolicy.jsonschema;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Schemas that are read, and arguments that come near to them. */
class SchemaTreeFuzz {
    @FuzzTest
    void saysWhatTheNaiveOneSays(byte[] input) {
        AgreementTest.examine(new Choices(input));
    }
}
