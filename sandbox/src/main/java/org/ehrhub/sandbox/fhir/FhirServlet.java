package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One site over HTTP: FHIR JSON in and out, nothing else. */
public final class FhirServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String JSON = "application/fhir+json;charset=UTF-8";
    private static final int LARGEST_BODY = 4 << 20;
    private static final List<String> HEADERS = List.of("If-Match", "If-None-Match", "If-None-Exist");

    private final transient FhirContext fhir;
    private final transient FhirSite site;

    /** A servlet to be mapped at the site's base address. */
    public FhirServlet(FhirContext fhir, FhirSite site) {
        this.fhir = fhir;
        this.site = site;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FhirAnswer answer;
        try {
            request.setCharacterEncoding(StandardCharsets.UTF_8);
            answer = wantsXml(request)
                    ? FhirAnswer.failed(406, "This server speaks application/fhir+json only")
                    : site.answer(read(request));
        } catch (BodyTooLargeException e) {
            answer = FhirAnswer.failed(413, "The body is larger than 4 MB");
        } catch (RuntimeException e) {
            log("A request failed", e);
            answer = FhirAnswer.failed(500, "The server failed to answer");
        }
        write(answer, request, response);
    }

    private static boolean wantsXml(HttpServletRequest request) {
        String format = request.getParameter("_format");
        String accept = request.getHeader("Accept");
        return format != null
                ? format.contains("xml")
                : accept != null && accept.contains("xml") && !accept.contains("json");
    }

    private static FhirRequest read(HttpServletRequest request) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        var parameters = new LinkedHashMap<String, List<String>>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
        Map<String, String> headers = new HashMap<>();
        for (String name : HEADERS) {
            String value = request.getHeader(name);
            if (value != null) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        }
        String address = request.getRequestURL().toString();
        String base =
                address.substring(0, address.length() - request.getRequestURI().length()) + request.getServletPath();
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new BodyTooLargeException();
        }
        return new FhirRequest(
                request.getMethod(),
                base,
                path.isEmpty() ? List.of() : List.of(path.split("/", -1)),
                parameters,
                headers,
                new String(body, StandardCharsets.UTF_8));
    }

    private void write(FhirAnswer answer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.body() != null) {
            var parser = fhir.newJsonParser().setPrettyPrint("true".equals(request.getParameter("_pretty")));
            byte[] json = parser.encodeResourceToString(answer.body()).getBytes(StandardCharsets.UTF_8);
            response.setContentType(JSON);
            response.setContentLength(json.length);
            response.getOutputStream().write(json);
        }
    }

    /** A body over the limit. */
    private static final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
