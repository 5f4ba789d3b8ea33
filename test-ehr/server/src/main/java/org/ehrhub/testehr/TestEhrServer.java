package org.ehrhub.testehr;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * HAPI FHIR JPA (FHIR R4, empty, in memory) on {@code http://127.0.0.1:PORT/fhir}.
 *
 * <p>{@code --port N} chooses the port (0, the default: any). {@code --until-stdin-closes} ends the process when whoever
 * started it is gone. One line {@code READY URL} on standard output says that it answers; all else is on standard error.
 */
public final class TestEhrServer {
    private TestEhrServer() {}

    /** Serves until the process ends. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> words = List.of(args);
        if (words.contains("--until-stdin-closes")) {
            Thread.ofPlatform().daemon().name("stdin").start(TestEhrServer::endWithStandardInput);
        }
        URI base = URI.create("http://127.0.0.1:" + start(port(words)) + "/fhir");
        awaitAnswer(base);
        System.out.println("READY " + base);
    }

    private static int start(int port) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SpringApplication application = new SpringApplication(HapiJpa.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        // HAPI's services hold each other.
        application.setAllowCircularReferences(true);
        application.addInitializers((GenericApplicationContext context) ->
                context.registerBean(TomcatServletWebServerFactory.class, () -> loopback(port)));
        var context = (ServletWebServerApplicationContext) application.run();
        return context.getWebServer().getPort();
    }

    private static TomcatServletWebServerFactory loopback(int port) {
        TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(port);
        tomcat.setAddress(InetAddress.getLoopbackAddress());
        // FHIR writes system|code in queries, and many clients do not encode the bar.
        tomcat.addConnectorCustomizers(connector -> connector.setProperty("relaxedQueryChars", "|"));
        return tomcat;
    }

    /** The first answers, of itself and about a code, also build what every later one needs: that takes up to 15 s. */
    private static void awaitAnswer(URI base) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            expect(200, URI.create(base + "/metadata"), http);
            expect(404, URI.create(base + "/CodeSystem/$lookup?system=urn:example:none&code=none"), http);
        }
    }

    private static void expect(int status, URI address, HttpClient http) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(1)).build();
        int answered =
                http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (answered != status) {
            throw new IOException(address.getPath() + " answers " + answered);
        }
    }

    private static int port(List<String> words) {
        int at = words.indexOf("--port");
        return at < 0 ? 0 : Integer.parseInt(words.get(at + 1));
    }

    private static void endWithStandardInput() {
        try {
            while (System.in.read() >= 0) {
                // what is written to us does not matter
            }
        } catch (IOException e) {
            System.err.println("standard input failed: " + e.getMessage());
        }
        Runtime.getRuntime().halt(0);
    }
}
