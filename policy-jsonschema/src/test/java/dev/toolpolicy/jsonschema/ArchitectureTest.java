package dev.toolpolicy.jsonschema;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the package imports, and what it shows. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.toolpolicy.jsonschema");

    @Test
    void thePackageImportsWhatItSays() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "dev.toolpolicy.jsonschema",
                        "dev.toolpolicy.spi",
                        "dev.toolpolicy.json",
                        "dev.toolpolicy.regex",
                        "org.everit.json.schema",
                        "org.everit.json.schema.event",
                        "org.everit.json.schema.regexp",
                        "org.json")
                .check(MAIN);
    }

    /** Everit's loader passes over words, guesses drafts and fetches; so nothing of it is there to be called. */
    @Test
    void neitherEveritsLoaderNorTheNetworkIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.everit.json.schema.loader..", "org.everit.json.schema.internal..", "java.net..")
                .check(MAIN);
    }

    /** Agents choose the texts. */
    @Test
    void noBacktrackingRegularExpressionIsRun() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex")
                .check(MAIN);
    }

    @Test
    void oneTypeIsPublic() {
        assertThat(MAIN.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName))
                .containsExactly("dev.toolpolicy.jsonschema.JsonSchema");
        assertThat(MAIN.get(JsonSchema.class).getMethods())
                .allMatch(method -> method.getRawReturnType().getPackageName().equals("dev.toolpolicy.spi")
                        || !method.getModifiers().contains(JavaModifier.PUBLIC));
    }

    @Test
    void thePackageIsNullMarked() {
        assertThat(JsonSchema.class.getPackage().isAnnotationPresent(org.jspecify.annotations.NullMarked.class))
                .isTrue();
    }
}
