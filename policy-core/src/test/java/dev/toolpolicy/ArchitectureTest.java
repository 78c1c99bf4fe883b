package dev.toolpolicy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.OLD_DATE_AND_TIME_CLASSES_SHOULD_NOT_BE_USED;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.toolpolicy.approval.ApprovalDesk;
import dev.toolpolicy.audit.AuditVerifier;
import dev.toolpolicy.audit.JsonLinesAudit;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The picture of the packages, as DESIGN.md draws it, and what no class of the library does. */
class ArchitectureTest {
    /** Which package may import which. The JDK and JSpecify are open to all; there is no other arrow, and no other package. */
    private static final Map<String, Set<String>> PICTURE = Map.ofEntries(
            Map.entry(
                    "dev.toolpolicy.testing",
                    Set.of(
                            "dev.toolpolicy",
                            "dev.toolpolicy.document",
                            "dev.toolpolicy.analysis",
                            "dev.toolpolicy.json",
                            "dev.toolpolicy.spi",
                            "dev.toolpolicy.bucket4j",
                            "dev.toolpolicy.approval")),
            Map.entry(
                    "dev.toolpolicy.analysis",
                    Set.of("dev.toolpolicy", "dev.toolpolicy.document", "dev.toolpolicy.spi", "dev.toolpolicy.json")),
            Map.entry("dev.toolpolicy.document", Set.of("dev.toolpolicy", "dev.toolpolicy.spi", "dev.toolpolicy.json")),
            Map.entry("dev.toolpolicy", Set.of("dev.toolpolicy.spi", "dev.toolpolicy.json", "dev.toolpolicy.regex")),
            Map.entry("dev.toolpolicy.regex", Set.of("dev.toolpolicy.json", "com.google.re2j")),
            Map.entry(
                    "dev.toolpolicy.approval",
                    Set.of("dev.toolpolicy.spi", "dev.toolpolicy.json", "dev.toolpolicy.disk")),
            Map.entry("dev.toolpolicy.audit", Set.of("dev.toolpolicy.spi", "dev.toolpolicy.disk")),
            Map.entry("dev.toolpolicy.disk", Set.of()),
            Map.entry("dev.toolpolicy.bucket4j", Set.of("dev.toolpolicy.spi", "io.github.bucket4j..")),
            Map.entry("dev.toolpolicy.json", Set.of("com.fasterxml.jackson.core..")),
            Map.entry("dev.toolpolicy.spi", Set.of()));

    /** Names that say nothing of what a package is for. */
    private static final Set<String> EMPTY_NAMES = Set.of("util", "utils", "common", "impl", "internal");

    /**
     * Who, outside of {@code .document}, runs a backtracking regular expression of the JDK. Each of these runs a fixed one of ours
     * that cannot backtrack far, or splits at a fixed character. What a policy's author writes is run by RE2/J, in {@code .regex}.
     * A new name here is a decision: an agent chooses the text.
     */
    private static final Set<String> RUN_FIXED_EXPRESSIONS = Set.of(
            "dev.toolpolicy.CallPath",
            "dev.toolpolicy.HostPattern",
            "dev.toolpolicy.regex.RegexScan",
            "dev.toolpolicy.regex.Regex",
            "dev.toolpolicy.ToolPattern",
            "dev.toolpolicy.json.Places",
            "dev.toolpolicy.json.SyntaxFault");

    /** Who makes threads, or only names the one it runs on. A new name here is a decision: somebody has to end it. */
    private static final Set<String> USE_THREADS = Set.of(
            "dev.toolpolicy.TimeLimit",
            "dev.toolpolicy.document.Watch",
            // For backends that know no other than blocking methods.
            "dev.toolpolicy.bucket4j.SharedCounters",
            "dev.toolpolicy.audit.QueuedAudit",
            // To put an interrupt off, no more.
            "dev.toolpolicy.audit.Backlog",
            "dev.toolpolicy.disk.OwnFiles");

    /** Who answers by stages, and runs on the threads of others alone: the host's, and the store's. */
    private static final Set<String> ANSWER_BY_STAGES = Set.of(
            "dev.toolpolicy.AsyncEvaluator",
            "dev.toolpolicy.AsyncToolGuard",
            "dev.toolpolicy.AtOnce",
            "dev.toolpolicy.Course",
            "dev.toolpolicy.Deciding",
            "dev.toolpolicy.Handover",
            "dev.toolpolicy.Settling",
            "dev.toolpolicy.Stages",
            "dev.toolpolicy.TakenPermit",
            "dev.toolpolicy.ToolGuard",
            "dev.toolpolicy.spi.Counters",
            "dev.toolpolicy.bucket4j.CommandExecutors",
            "dev.toolpolicy.bucket4j.Lanes",
            "dev.toolpolicy.bucket4j.SharedClaim",
            "dev.toolpolicy.bucket4j.StoreTime",
            "dev.toolpolicy.bucket4j.Store");

    /** What a host hands over is Bucket4j's own: that is the point of it. */
    private static final Set<String> NAMED_IN_SIGNATURES =
            Set.of("io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder");

    /** Whose clock is the system's, unless it is set. */
    private static final Set<String> BEGIN_WITH_THE_SYSTEMS_CLOCK = Set.of(
            Evaluator.Builder.class.getName(),
            JsonLinesAudit.Builder.class.getName(),
            ApprovalDesk.Builder.class.getName());

    /** The root too, which {@code matching("dev.toolpolicy.(**)")} would leave out. */
    private static final SliceAssignment EACH_PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    };

    private static final Path PUBLIC_TYPES = Path.of("src/test/resources/public-types.txt");
    private static final Path COMPILED = compiled();
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(COMPILED);

    @Test
    void noPackageImportsMoreThanItsArrowsAllow() {
        List<String> wrong = new ArrayList<>();
        PICTURE.forEach((name, arrows) -> {
            Set<String> allowed = new TreeSet<>(arrows);
            allowed.addAll(Set.of(name, "java..", "javax.crypto..", "org.jspecify.."));
            ArchRule rule = classes()
                    .that()
                    .resideInAPackage(name)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(allowed.toArray(String[]::new));
            wrong.addAll(rule.evaluate(MAIN).getFailureReport().getDetails());
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void noArrowIsDrawnThatNobodyUses() {
        List<String> unused = new ArrayList<>();
        PICTURE.forEach((name, arrows) -> arrows.forEach(arrow -> {
            ArchRule none = noClasses()
                    .that()
                    .resideInAPackage(name)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(arrow);
            if (!none.evaluate(MAIN).hasViolation()) unused.add(name + " → " + arrow);
        }));
        assertThat(unused).isEmpty();
    }

    @Test
    void thePictureShowsEveryPackage() {
        assertThat(packages()).containsExactlyInAnyOrderElementsOf(PICTURE.keySet());
    }

    @Test
    void packagesDoNotImportEachOtherInCycles() {
        slices().assignedFrom(EACH_PACKAGE).should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void noPackageHasANameThatSaysNothing() {
        assertThat(packages())
                .noneMatch(name -> Stream.of(name.split("\\.", -1)).anyMatch(EMPTY_NAMES::contains));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packages())
                .allSatisfy(name ->
                        assertThat(Class.forName(name + ".package-info")).hasAnnotation(NullMarked.class));
    }

    @Test
    void publicSignaturesNameOnlyTheJdkAndPublicTypesOfOurs() {
        List<String> strangers = new ArrayList<>();
        for (JavaClass type : MAIN) {
            if (!isPublished(type)) continue;
            // What comes from above is part of the type too, even from a class that nobody else sees.
            for (JavaClass part : lineage(type)) {
                Stream.of(
                                part.getSuperclass().stream(),
                                part.getInterfaces().stream(),
                                part.getTypeParameters().stream())
                        .flatMap(above -> above)
                        .flatMap(above -> above.getAllInvolvedRawTypes().stream())
                        .filter(ArchitectureTest::isForeign)
                        .forEach(above -> strangers.add(type.getName() + " is a " + above.getName()));
                part.getMembers().stream()
                        .filter(ArchitectureTest::isPublicOrProtected)
                        .forEach(member -> signature(member)
                                .filter(named -> isForeign(named) || (isOurs(named) && !isPublished(named)))
                                .filter(named -> !NAMED_IN_SIGNATURES.contains(named.getName()))
                                .forEach(named -> strangers.add(member.getFullName() + " names " + named.getName())));
            }
        }
        assertThat(strangers).isEmpty();
    }

    @Test
    void publicTypesAreExactlyTheListedOnes() {
        String types = MAIN.stream()
                .filter(type -> isPublic(type))
                .map(type -> type.getName().replace('$', '.'))
                .sorted()
                .collect(joining("\n", "", "\n"));
        Golden.assertMatches(PUBLIC_TYPES, types);
    }

    @Test
    void nothingIsFoundByTheClassPath() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ServiceLoader.class)
                .check(MAIN);
        assertThat(COMPILED.resolve("META-INF/services")).doesNotExist();
    }

    @Test
    void regularExpressionsOfTheJdkAreRunOnlyWhereThatWasDecided() {
        DescribedPredicate<JavaAccess<?>> hidden =
                access(String.class, Set.of("matches", "replaceAll", "replaceFirst", "split"));
        Set<String> users = MAIN.stream()
                .filter(type -> !type.getPackageName().equals("dev.toolpolicy.document"))
                .filter(type -> type.getAccessesFromSelf().stream().anyMatch(hidden)
                        || type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(
                                        d -> d.getTargetClass().getPackageName().equals("java.util.regex")))
                .map(ArchitectureTest::outermost)
                .collect(toSet());
        assertThat(users).containsExactlyInAnyOrderElementsOf(RUN_FIXED_EXPRESSIONS);
    }

    @Test
    void nothingIsPrintedButByTheVerifiersMain() {
        JavaClasses others =
                MAIN.that(describe("are not the verifier", type -> !type.isEquivalentTo(AuditVerifier.class)));
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(others);
    }

    @Test
    void threadsAreMadeOnlyWhereThatWasDecided() {
        DescribedPredicate<JavaClass> maker = assignableTo(Thread.class)
                .or(assignableTo(ExecutorService.class))
                .or(assignableTo(Executors.class))
                .or(assignableTo(CompletableFuture.class))
                .or(assignableTo(Timer.class));
        Set<String> users = MAIN.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> maker.test(dependency.getTargetClass())))
                .map(type -> type.getName().replaceFirst("\\$.*", ""))
                .collect(toSet());
        Set<String> known = new TreeSet<>(USE_THREADS);
        known.addAll(ANSWER_BY_STAGES);
        assertThat(users).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void whoAnswersByStagesMakesNoThreads() {
        noClasses()
                .that(describe(
                        "answer by stages",
                        type -> ANSWER_BY_STAGES.contains(type.getName().replaceFirst("\\$.*", ""))))
                .should()
                .dependOnClassesThat(assignableTo(Thread.class)
                        .or(assignableTo(ExecutorService.class))
                        .or(assignableTo(Executors.class))
                        .or(assignableTo(Timer.class)))
                .check(MAIN);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that().areStatic().should().beFinal().check(MAIN);
    }

    /** Seen half made, a matcher without its stars would let a name slip past a pattern. */
    @Test
    void whatThreadsFindWithoutALockHasFinalFieldsOnly() {
        fields().that().areDeclaredIn(NameMatcher.class).should().beFinal().check(MAIN);
    }

    @Test
    void theSystemsClockIsOnlyWhatBuildersBeginWith() {
        noClasses()
                .that(describe(
                        "are not such builders", type -> !BEGIN_WITH_THE_SYSTEMS_CLOCK.contains(type.getFullName())))
                .should()
                .accessTargetWhere(describe(
                        "the target reads the system's clock",
                        access -> access.getTargetOwner().getPackageName().equals("java.time")
                                && access.getName().matches("(now|system|tick).*")))
                .orShould()
                .accessTargetWhere(access(System.class, Set.of("currentTimeMillis")))
                .check(MAIN);
        OLD_DATE_AND_TIME_CLASSES_SHOULD_NOT_BE_USED.check(MAIN);
    }

    @Test
    void noTextDependsOnTheMachinesLocaleOrOnFoldedLetters() {
        noClasses()
                .should()
                .accessTargetWhere(access(String.class, Set.of("toLowerCase", "toUpperCase", "format"))
                        .and(describe("takes no Locale", access -> !takesLocale(access))))
                .orShould()
                // These can be told no Locale, or fold letters in ways that nobody expects: the Kelvin sign is a k.
                .accessTargetWhere(access(
                        String.class,
                        Set.of("formatted", "equalsIgnoreCase", "compareToIgnoreCase", "CASE_INSENSITIVE_ORDER")))
                .check(MAIN);
    }

    @Test
    void everyCompiledClassIsSeen() throws Exception {
        try (Stream<Path> files = Files.walk(COMPILED)) {
            long compiled =
                    files.filter(file -> file.toString().endsWith(".class")).count();
            assertThat(MAIN.size()).isEqualTo((int) compiled);
            assertThat(compiled).as("in a wrong folder there would be none").isGreaterThan(50);
        }
    }

    private static Path compiled() {
        try {
            return Path.of(Policy.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> packages() {
        return MAIN.stream().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));
    }

    /** The class and all of ours that it inherits from. */
    private static List<JavaClass> lineage(JavaClass type) {
        return Stream.of(Stream.of(type), type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .flatMap(types -> types)
                .filter(ArchitectureTest::isOurs)
                .toList();
    }

    /** Every type that a field, a method or a constructor names, without arrays around it. */
    private static Stream<JavaClass> signature(JavaMember member) {
        Stream<JavaClass> thrown =
                member instanceof JavaCodeUnit code ? code.getExceptionTypes().stream() : Stream.of();
        return Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown).map(JavaClass::getBaseComponentType);
    }

    private static boolean isForeign(JavaClass type) {
        return !type.isPrimitive() && !isOurs(type) && !type.getPackageName().matches("(java|org\\.jspecify)(\\..*)?");
    }

    private static boolean isOurs(JavaClass type) {
        return MAIN.contain(type.getName());
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
    }

    /** Whether a user can name the type, or can in a class of their own that extends one of ours. */
    private static boolean isPublished(JavaClass type) {
        return isPublicOrProtected(type)
                && type.getEnclosingClass().map(ArchitectureTest::isPublished).orElse(true);
    }

    private static boolean isPublicOrProtected(HasModifiers element) {
        return element.getModifiers().contains(JavaModifier.PUBLIC)
                || element.getModifiers().contains(JavaModifier.PROTECTED);
    }

    /** Uses of these members, by a call or a method reference. */
    private static DescribedPredicate<JavaAccess<?>> access(Class<?> owner, Set<String> names) {
        return describe(
                "the target is " + owner.getSimpleName() + "." + String.join(" or ", new TreeSet<>(names)),
                access -> access.getTargetOwner().isEquivalentTo(owner) && names.contains(access.getName()));
    }

    private static boolean takesLocale(JavaAccess<?> access) {
        return access.getTarget().getFullName().contains(Locale.class.getName());
    }
}
