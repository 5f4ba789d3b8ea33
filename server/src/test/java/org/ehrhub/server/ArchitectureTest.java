package org.ehrhub.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.ehrhub.sandbox.SandboxServer;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each module may use, and how packages are named: what Maven's scopes cannot hold. */
class ArchitectureTest {
    private static final String[] ADAPTERS = {
        "org.ehrhub.fhir..", "org.ehrhub.medplum..", "org.ehrhub.hl7v2..", "org.ehrhub.yaml.."
    };
    private static final String JDK = "java..";
    private static final String JSPECIFY = "org.jspecify..";
    private static final String SLF4J = "org.slf4j..";
    private static final String CAMEL = "org.apache.camel..";
    private static final String JSON = "tools.jackson..";
    private static final String TOOLS = "org.ehrhub.tools..";
    private static final String SPI = "org.ehrhub.adapters..";
    private static final String POLICY = "org.ehrhub.policy..";
    private static final DescribedPredicate<JavaClass> PLAIN = DescribedPredicate.describe(
            "plain types and their arrays", type -> type.getBaseComponentType().isPrimitive());
    private static final List<String> MODULES = List.of(
            "adapters",
            "fhir",
            "hl7v2",
            "medplum",
            "mllp",
            "policy",
            "routes",
            "sandbox",
            "server",
            "store",
            "tools",
            "yaml");

    /** The table of modules: a package, and all that it may use beside itself. */
    static Stream<Arguments> modules() {
        return Stream.of(
                Arguments.of("org.ehrhub.tools", List.of(JDK, JSPECIFY)),
                Arguments.of("org.ehrhub.adapters", List.of(JDK, JSPECIFY, SLF4J, CAMEL, TOOLS)),
                Arguments.of("org.ehrhub.mllp", List.of(JDK, "javax.net.ssl..", JSPECIFY, SLF4J, CAMEL)),
                Arguments.of("org.ehrhub.policy", List.of(JDK, JSPECIFY, SLF4J, TOOLS)),
                Arguments.of(
                        "org.ehrhub.store",
                        List.of(
                                JDK,
                                "javax.[sql|crypto]..",
                                "javax.xml.stream..",
                                JSPECIFY,
                                SLF4J,
                                TOOLS,
                                SPI,
                                POLICY,
                                JSON,
                                "com.zaxxer.hikari..",
                                "org.flywaydb..",
                                "org.springframework.[dao|transaction|jdbc]..")),
                Arguments.of(
                        "org.ehrhub.routes",
                        List.of(
                                JDK,
                                "javax.crypto..",
                                JSPECIFY,
                                SLF4J,
                                CAMEL,
                                TOOLS,
                                SPI,
                                POLICY,
                                JSON,
                                "com.fasterxml.jackson.annotation..",
                                "com.networknt..",
                                "io.github.resilience4j..")));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyWhatTheTableOfModulesAllows(String module, List<String> allowed) {
        var own = Stream.concat(Stream.of(module + ".."), allowed.stream()).toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(module + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(own).or(PLAIN))
                .check(HubClasses.ALL);
    }

    @ParameterizedTest
    @FieldSource("ADAPTERS")
    void anAdapterSeesNoPartOfTheHubButTheSpi(String adapter) {
        noClasses()
                .that()
                .resideInAPackage(adapter)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.ehrhub.policy..",
                        "org.ehrhub.store..",
                        "org.ehrhub.routes..",
                        "org.ehrhub.server..",
                        "org.ehrhub.sandbox..",
                        "org.springframework..",
                        "io.modelcontextprotocol.."))
                .check(HubClasses.ALL);
    }

    @ParameterizedTest
    @FieldSource("ADAPTERS")
    void anAdapterSeesNoOtherAdapter(String adapter) {
        noClasses()
                .that()
                .resideInAPackage(adapter)
                .should()
                .dependOnClassesThat(resideInAnyPackage(others(adapter)))
                .check(HubClasses.ALL);
    }

    /** Layers on FHIR may use the FHIR adapter. */
    private static String[] others(String adapter) {
        var onFhir = Set.of("org.ehrhub.medplum..", "org.ehrhub.yaml..").contains(adapter);
        return Stream.of(ADAPTERS)
                .filter(other -> !other.equals(adapter))
                .filter(other -> !(onFhir && other.equals("org.ehrhub.fhir..")))
                .toArray(String[]::new);
    }

    @Test
    void theServerKnowsNoAdapterAndNoVendor() {
        noClasses()
                .that()
                .resideInAPackage("org.ehrhub.server..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(ADAPTERS).or(resideInAnyPackage("ca.uhn..", "org.hl7..")))
                .check(HubClasses.ALL);
    }

    /** What the store may use of Spring, the table of modules says. */
    @Test
    void onlyTheServerKnowsSpringAndMcp() {
        noClasses()
                .that(are(resideInAnyPackage("org.ehrhub.server..", "org.ehrhub.store..")
                        .negate()))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework..", "io.modelcontextprotocol.."))
                .check(HubClasses.ALL);
    }

    @Test
    void onlyTheMcpPackageKnowsTheMcpSdk() {
        noClasses()
                .that(are(resideInAPackage("org.ehrhub.server.mcp..").negate()))
                .should()
                .dependOnClassesThat(resideInAPackage("io.modelcontextprotocol.."))
                .check(HubClasses.ALL);
    }

    @Test
    void onlyAdaptersAndTheSandboxKnowHapi() {
        noClasses()
                .that(are(resideInAnyPackage(
                                "org.ehrhub.fhir..",
                                "org.ehrhub.medplum..",
                                "org.ehrhub.hl7v2..",
                                "org.ehrhub.sandbox..")
                        .negate()))
                .should()
                .dependOnClassesThat(resideInAnyPackage("ca.uhn..", "org.hl7.fhir.."))
                .check(HubClasses.ALL);
    }

    @Test
    void anExchangeOfCamelStaysInRoutesChannelsAdaptersAndMllp() {
        noClasses()
                .that(are(resideInAnyPackage(
                                "org.ehrhub.routes",
                                "org.ehrhub.routes.composites",
                                "org.ehrhub.server.channels",
                                "org.ehrhub.mllp..")
                        .or(resideInAnyPackage(ADAPTERS))
                        .negate()))
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.type(Exchange.class).or(JavaClass.Predicates.type(Message.class)))
                .check(HubClasses.ALL);
    }

    @Test
    void nobodyPrintsButTheCommands() {
        noClasses()
                .that(are(resideInAPackage("org.ehrhub.server.commands..")
                        .or(JavaClass.Predicates.type(SandboxServer.class))
                        .negate()))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(HubClasses.ALL);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .check(HubClasses.ALL);
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(HubClasses.ALL);
    }

    @Test
    void packagesAreNamedBySubject() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..dto..",
                        "..service..",
                        "..services..",
                        "..util..",
                        "..utils..",
                        "..impl..",
                        "..common..",
                        "..helper..",
                        "..model..",
                        "..internal..")
                .check(HubClasses.ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packages())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.isAnnotatedWith(NullMarked.class))
                        .as("%s has a package-info with @NullMarked", one.getName())
                        .isTrue());
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(packages())
                .extracting(
                        one -> one.getName().substring("org.ehrhub.".length()).replaceAll("\\..*", ""))
                .hasSameElementsAs(MODULES);
    }

    private Collection<JavaPackage> packages() {
        return HubClasses.ALL.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(one -> one.getName().startsWith("org.ehrhub."))
                .toList();
    }
}
