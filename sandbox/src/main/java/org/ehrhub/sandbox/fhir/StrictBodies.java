package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/** Parses bodies so that an element FHIR does not have is refused; HAPI's server drops it, as its context is shared. */
@Interceptor
public final class StrictBodies {
    private static final Set<RequestTypeEnum> WRITES = EnumSet.of(RequestTypeEnum.POST, RequestTypeEnum.PUT);

    /** Reads the resource of a create, an update or a transaction before HAPI does. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public void read(RequestDetails request) {
        @Nullable EncodingEnum encoding = RestfulServerUtils.determineRequestEncodingNoDefault(request);
        if (encoding == null || request.getOperation() != null || !WRITES.contains(request.getRequestType())) {
            return;
        }
        String type = Objects.requireNonNullElse(request.getResourceName(), "Bundle");
        Class<? extends IBaseResource> expected =
                request.getFhirContext().getResourceDefinition(type).getImplementingClass();
        String body = new String(request.loadRequestContents(), StandardCharsets.UTF_8);
        request.setResource(encoding.newParser(request.getFhirContext())
                .setParserErrorHandler(new StrictErrorHandler())
                .parseResource(expected, body));
    }
}
