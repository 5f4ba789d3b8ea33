package org.ehrhub.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ehrhub.adapters.LogKey;
import org.ehrhub.tools.Emergency;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.patients.PatientGet;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/** What may go into the log, as far as the code shows it: names of the dictionary, and nothing out of a chart. */
class LogArchitectureTest {
    private static final Set<String> KEYED = Set.of("addKeyValue", "put", "putCloseable");
    private static final Set<String> SAYING =
            Set.of("trace", "debug", "info", "warn", "error", "log", "addArgument", "addKeyValue", "setMessage");

    private static final ArchRule KEYS_OF_THE_DICTIONARY = codeUnits()
            .should(new ArchCondition<>("take each key of a log line from LogKey") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                    var keys = calls(unit, LogArchitectureTest::isKeyed).count();
                    var words =
                            calls(unit, LogArchitectureTest::isOfTheDictionary).count();
                    if (keys > words) {
                        events.add(SimpleConditionEvent.violated(
                                unit, unit.getFullName() + " writes a log key that is not a LogKey"));
                    }
                }
            });

    /** Whoever has nothing of a chart at hand cannot log it: what a line is made of is all that its method may know. */
    private static final ArchRule NOTHING_OF_A_CHART = codeUnits()
            .that(DescribedPredicate.describe(
                    "write to the log",
                    unit -> calls(unit, LogArchitectureTest::isSaid).findAny().isPresent()))
            .should(new ArchCondition<>("know nothing of a chart") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                    known(unit)
                            .filter(LogArchitectureTest::isOfAChart)
                            .distinct()
                            .forEach(type -> events.add(SimpleConditionEvent.violated(
                                    unit, unit.getFullName() + " logs and knows " + type.getName())));
                }
            });

    @Test
    void everyKeyOfALogLineIsOfTheDictionary() {
        KEYS_OF_THE_DICTIONARY.check(HubClasses.ALL);
    }

    @Test
    void noLineIsWrittenWhereAChartIsAtHand() {
        NOTHING_OF_A_CHART.check(HubClasses.ALL);
    }

    @Test
    void findsWhatBreaksTheRules() {
        var careless = new ClassFileImporter().importClasses(Careless.class);

        assertThat(KEYS_OF_THE_DICTIONARY.evaluate(careless).getFailureReport().getDetails())
                .hasSize(2);
        assertThat(NOTHING_OF_A_CHART.evaluate(careless).getFailureReport().getDetails())
                .hasSize(3);
    }

    private static Stream<JavaMethodCall> calls(JavaCodeUnit unit, Predicate<JavaMethodCall> which) {
        return unit.getMethodCallsFromSelf().stream().filter(which);
    }

    private static boolean isKeyed(JavaMethodCall call) {
        return KEYED.contains(call.getName())
                && (call.getTargetOwner().isEquivalentTo(LoggingEventBuilder.class)
                        || call.getTargetOwner().isEquivalentTo(MDC.class));
    }

    private static boolean isOfTheDictionary(JavaMethodCall call) {
        return call.getName().equals("word") && call.getTargetOwner().isEquivalentTo(LogKey.class);
    }

    private static boolean isSaid(JavaMethodCall call) {
        return SAYING.contains(call.getName())
                && (call.getTargetOwner().isEquivalentTo(Logger.class)
                        || call.getTargetOwner().isEquivalentTo(LoggingEventBuilder.class));
    }

    private static Stream<JavaClass> known(JavaCodeUnit unit) {
        return Stream.of(
                        unit.getRawParameterTypes().stream(),
                        unit.getCallsFromSelf().stream()
                                .flatMap(call -> Stream.of(
                                        call.getTargetOwner(), call.getTarget().getRawReturnType())),
                        unit.getFieldAccesses().stream()
                                .map(access -> access.getTarget().getRawType()))
                .flatMap(types -> types);
    }

    /** References, and the records of the contracts' subjects; resources of FHIR but what a server says of itself. */
    private static boolean isOfAChart(JavaClass type) {
        return Stream.of(Reference.class, Emergency.class, FhirJson.class).anyMatch(type::isEquivalentTo)
                || (type.isAssignableTo(Record.class)
                        && type.getPackageName().startsWith("org.ehrhub.tools.")
                        && !type.getPackageName().equals("org.ehrhub.tools.ehrs"))
                || (type.getPackageName().startsWith("org.hl7.fhir.r4.model")
                        && !type.getSimpleName().startsWith("CapabilityStatement"));
    }

    /** What the rules are there to find. */
    @SuppressWarnings("UnusedMethod") // the rules read it, nobody runs it
    private static final class Careless {
        private static final Logger LOG = LoggerFactory.getLogger(Careless.class);

        static void key(String callId) {
            LOG.atInfo().addKeyValue("patient", callId).log("a line");
        }

        static void context(String callId) {
            MDC.put("patient", callId);
        }

        static void reference(PatientGet input) {
            LOG.info("{} was asked for", input.patient());
        }

        static void reason(Emergency emergency) {
            LOG.atInfo().addKeyValue(LogKey.CALL.word(), emergency.reason()).log("a line");
        }
    }
}
