package org.ehrhub.medplum;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehrhub.adapters.ByteSize;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.fhir.Operation;
import org.ehrhub.fhir.StoredQuery;
import org.ehrhub.medplum.agents.AgentSettings;
import org.ehrhub.medplum.bots.BotSettings;
import org.ehrhub.medplum.bots.ServedTool;
import org.ehrhub.medplum.client.OnBehalfOf;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one Medplum server.
 *
 * @param baseUrl its address, such as {@code https://api.medplum.com}, without {@code /fhir/R4}; https, unless on this machine
 * @param auth how the hub logs in
 * @param publicUrl the address that the server calls its own, where the hub reaches it under another: its links and its
 *     login name that one
 * @param onBehalfOf in whose name it does what the hub asks; in the hub's own without it
 * @param connections most connections open at once; 32 without it
 * @param timeout longest wait for an answer, where the call's own deadline is not nearer; 10 s without it
 * @param maxResponse the longest answer that is read, 64KB to 100MB; 20MB without it
 * @param search how searches are sent; by GET without it
 * @param attachmentHosts other hosts that documents are fetched from where a record points there, without a login
 * @param operations the operations that callers may have run; none without it
 * @param graphql the GraphQL queries that callers may have run; none without it
 * @param allowLinkLocal whether addresses may be link-local; not without it
 * @param queryTypes the resource types that {@code fhir.query} reads; the clinical and administrative ones without it
 * @param provenance whether writes leave Provenance in the EHR; where its statement says that it takes it, without it
 * @param agents the receivers of HL7 v2 messages behind its Agents, by the names that callers know them by
 * @param bots the bots that callers may run, by the names that callers know them by
 * @param tools the tools that bots serve, by the tools' names
 */
public record MedplumConfig(
        URI baseUrl,
        MedplumLogin auth,
        @Nullable URI publicUrl,
        @Nullable OnBehalfOf onBehalfOf,
        @Nullable Integer connections,
        @Nullable Duration timeout,
        @Nullable ByteSize maxResponse,
        FhirR4Config.@Nullable Search search,
        List<String> attachmentHosts,
        List<Operation> operations,
        List<StoredQuery> graphql,
        @Nullable Boolean allowLinkLocal,
        List<String> queryTypes,
        FhirR4Config.@Nullable Provenance provenance,
        Map<String, AgentSettings> agents,
        Map<String, BotSettings> bots,
        Map<String, ServedTool> tools) {
    private static final String FHIR = "/fhir/R4";

    /** Checks each setting. */
    public MedplumConfig {
        attachmentHosts = List.copyOf(attachmentHosts);
        operations = List.copyOf(operations);
        graphql = List.copyOf(graphql);
        queryTypes = List.copyOf(queryTypes);
        agents = Map.copyOf(agents);
        bots = Map.copyOf(bots);
        tools = Map.copyOf(tools);
        names(agents.keySet(), "agents");
        names(bots.keySet(), "bots");
        ServedTool.check(tools, bots);
        if (trimmed(baseUrl).endsWith(FHIR)
                || (publicUrl != null && trimmed(publicUrl).endsWith(FHIR))) {
            throw new IllegalArgumentException("base-url and public-url must be without " + FHIR);
        }
        if (publicUrl != null && (publicUrl.getHost() == null || !isWeb(publicUrl) || isMore(publicUrl))) {
            throw new IllegalArgumentException(
                    "public-url must be an http or https address without user, query or fragment");
        }
        new FhirR4Config(
                baseUrl,
                auth.at(URI.create("https://login.invalid/token")),
                null,
                connections,
                timeout,
                maxResponse,
                search,
                null,
                attachmentHosts,
                allowLinkLocal,
                queryTypes,
                provenance,
                operations,
                graphql); // checks what it has in common with any FHIR server
    }

    /** Only the address of a server and a login. */
    public MedplumConfig(URI baseUrl, MedplumLogin auth) {
        this(
                baseUrl, auth, null, null, null, null, null, null, List.of(), List.of(), List.of(), null, List.of(),
                null, Map.of(), Map.of(), Map.of());
    }

    /** The server's address, without a slash at its end. */
    public URI base() {
        return URI.create(trimmed(baseUrl));
    }

    /** The address that the server calls its own, without a slash at its end; null where the settings do not say. */
    @Nullable
    URI ownBase() {
        return publicUrl == null ? null : URI.create(trimmed(publicUrl));
    }

    /** The same server as a FHIR R4 server, whose slots a layer looks after. */
    FhirR4Config fhir() {
        return new FhirR4Config(
                URI.create(base() + FHIR),
                auth.at(URI.create(base() + "/oauth2/token")),
                new FhirR4Config.Scheduling(FhirR4Config.Scheduling.Slots.NONE, null),
                connections,
                timeout,
                maxResponse,
                search,
                null,
                attachmentHosts,
                allowLinkLocal,
                queryTypes,
                provenance,
                operations,
                graphql);
    }

    private static void names(Set<String> names, String key) {
        if (!names.stream().allMatch(Reference::isEhrName)) {
            throw new IllegalArgumentException(key + " must have names of small letters, digits and hyphens");
        }
    }

    private static boolean isWeb(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
    }

    private static boolean isMore(URI url) {
        return url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null;
    }

    private static String trimmed(URI url) {
        return url.toString().replaceAll("/+$", "");
    }
}
