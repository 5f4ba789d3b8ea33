package org.ehrhub.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.ToolResult.Failed;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolHandlersTest {
    private static final String SITE = """
            import org.ehrhub.adapters.*;
            import org.ehrhub.tools.*;
            import org.ehrhub.tools.appointments.*;
            import org.ehrhub.tools.patients.*;
            abstract class Site {
                abstract ToolResult<Patient> get(PatientGet input, CallContext call);
                abstract ToolResult<Page<PatientMatch>> search(PatientSearch input, CallContext call);
                abstract ToolResult<PatientMatch> searchOne(PatientSearch input, CallContext call);
                abstract ToolResult<Appointment> create(AppointmentCreate input, CallContext call);
                abstract WriteHandler<AppointmentCreate, Appointment> booking();
                ToolHandlers handlers() { return ToolHandlers.builder()/* here */.build(); }
            }
            """;

    private static final CallContext CALL = new CallContext("call-1", new Caller("test", Set.of()), Instant.MAX);
    private static final PatientGet ADA = new PatientGet(Reference.parse("alpha/Patient/a1"));
    private static final PatientSearch HILL = new PatientSearch(null, "Hill", null, null, null, null, null, null, null);

    @TempDir
    private Path out;

    @Test
    void knowsExactlyWhatWasRegistered() {
        var handlers = ToolHandlers.builder()
                .on(PatientTools.GET, (input, call) -> ToolResult.failed(ErrorCode.NOT_FOUND, "", ""))
                .onList(
                        PatientTools.SEARCH,
                        (input, call) -> ToolResult.failed(ErrorCode.NOT_FOUND, "", ""),
                        Feature.SEARCH_BY_PHONE)
                .build();

        assertThat(handlers.names()).containsExactlyInAnyOrder("patient.get", "patient.search");
        assertThat(handlers.find("patient.search"))
                .hasValueSatisfying(found -> assertThat(found.features()).containsExactly(Feature.SEARCH_BY_PHONE));
        assertThat(handlers.find("appointment.create")).isEmpty();
    }

    @Test
    void refusesASecondHandlerOfATool() {
        var builder = ToolHandlers.builder()
                .on(PatientTools.GET, (input, call) -> ToolResult.failed(ErrorCode.NOT_FOUND, "", ""));

        assertThatThrownBy(() ->
                        builder.on(PatientTools.GET, (input, call) -> ToolResult.failed(ErrorCode.NOT_FOUND, "", "")))
                .hasMessageContaining("patient.get");
    }

    @Test
    void refusesWhatIsNotRegisteredAndSaysWhyItIsWithheld() {
        var handlers =
                ToolHandlers.builder().on(PatientTools.GET, this::notFound).build();

        assertThat(handlers.call(PatientTools.SEARCH, HILL, CALL)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(failed.message()).contains("patient.search");
        });
        assertThat(handlers.without(Map.of("patient.get", "It has no patients."))
                        .call(PatientTools.GET, ADA, CALL))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("It has no patients."));
    }

    @Test
    void answersAFailureOfAnAdapterAndThrowsAFaultOn() {
        var handlers =
                ToolHandlers.builder().on(PatientTools.GET, this::notFound).build();

        assertThat(handlers.call(PatientTools.GET, ADA, CALL))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> handlers.call(PatientTools.GET, HILL, CALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patient.get");
    }

    @Test
    void compilesHandlersOfTheRightKind() throws IOException {
        assertThat(errors(".on(PatientTools.GET, this::get)")).isEmpty();
        assertThat(errors(".onList(PatientTools.SEARCH, this::search)")).isEmpty();
        assertThat(errors(".onWrite(AppointmentTools.CREATE, booking())")).isEmpty();
    }

    @Test
    void doesNotCompileAWriteThatCannotBeReconciled() throws IOException {
        assertThat(errors(".onWrite(AppointmentTools.CREATE, this::create)")).isNotEmpty();
        assertThat(errors(".on(AppointmentTools.CREATE, this::create)")).isNotEmpty();
    }

    @Test
    void doesNotCompileAListThatGivesOneItem() throws IOException {
        assertThat(errors(".onList(PatientTools.SEARCH, this::searchOne)")).isNotEmpty();
        assertThat(errors(".on(PatientTools.SEARCH, this::searchOne)")).isNotEmpty();
    }

    @Test
    void doesNotCompileAHandlerOfAnotherTool() throws IOException {
        assertThat(errors(".on(PatientTools.GET, this::create)")).isNotEmpty();
    }

    private ToolResult<Patient> notFound(PatientGet input, CallContext call) {
        throw new EhrFailure(ErrorCode.NOT_FOUND, "Nobody.", "Search.");
    }

    private List<String> errors(String registration) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        var source = new SimpleJavaFileObject(URI.create("string:///Site.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return SITE.replace("/* here */", registration);
            }
        };
        var options = new ArrayList<>(List.of("-proc:none", "-classpath", classPath(), "-d", out.toString()));
        try (var files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            compiler.getTask(null, files, found, options, null, List.of(source)).call();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
