package org.ehrhub.fhir.client;

import java.util.List;
import java.util.Optional;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** The hub's keys of its writes, kept in the records themselves as identifiers of a system of their own. */
public final class WriteKeys {
    private static final String SYSTEM = "urn:ehrhub:write-key";
    private static final String IDENTIFIER = "identifier";

    private final ResultPages pages;

    /** The keys in one server. */
    public WriteKeys(FhirServer server) {
        this.pages = new ResultPages(server);
    }

    /**
     * Puts a key into a record that is about to be written.
     *
     * @throws org.hl7.fhir.exceptions.FHIRException when records of its type have no identifiers
     */
    public static void add(Resource resource, String key) {
        resource.setProperty(IDENTIFIER, identifier(key));
    }

    /** A key as it stands in a record. */
    public static Identifier identifier(String key) {
        return new Identifier().setSystem(SYSTEM).setValue(key);
    }

    /** A key as a tag, for records that have no identifiers. */
    public static Coding tag(String key) {
        return new Coding().setSystem(SYSTEM).setCode(key);
    }

    /** The search that finds what has a key as its tag. */
    public static SearchUrl searchTagged(String type, String key) {
        return SearchUrl.of(type).token("_tag", SYSTEM + "|" + key);
    }

    /** Takes a key out of a record, so that the same write may be done again. */
    public static void remove(Resource resource, String key) {
        values(resource, IDENTIFIER).stream()
                .filter(id -> isKey(id, key))
                .forEach(id -> resource.removeChild(IDENTIFIER, id));
    }

    /** Whether a record holds a key. */
    public static boolean isIn(Resource resource, String key) {
        return values(resource, IDENTIFIER).stream().anyMatch(id -> isKey(id, key));
    }

    /** Whether an identifier is a key of the hub, which says nothing about the record. */
    public static boolean isOne(Identifier identifier) {
        return SYSTEM.equals(identifier.getSystem());
    }

    /** The search that finds what was written under a key. */
    public static SearchUrl search(String type, String key) {
        return SearchUrl.of(type).token(IDENTIFIER, SYSTEM + "|" + key);
    }

    /** Whether a search is the one for what this very call writes. */
    static boolean isSearchFor(SearchUrl search, Resource record, CallContext call) {
        var key = call.writeKeyOrNull();
        return key != null
                && search.text().equals(search(record.fhirType(), key).text());
    }

    /** What was written under a key, as the server holds it now; what was entered in error was not. */
    public <R extends Resource> Optional<R> find(Class<R> type, String key, CallContext call) {
        return pages.all(type, search(type.getSimpleName(), key), call).stream()
                .filter(found -> isIn(found, key) && !isEnteredInError(found))
                .findFirst();
    }

    private static boolean isKey(Base value, String key) {
        return value instanceof Identifier id && isOne(id) && key.equals(id.getValue());
    }

    /** Whether the server says that a record was entered in error. */
    public static boolean isEnteredInError(Resource resource) {
        return values(resource, "status").stream()
                .anyMatch(status -> "entered-in-error".equals(status.primitiveValue()));
    }

    private static List<Base> values(Resource resource, String name) {
        var property = resource.getNamedProperty(name);
        return property == null ? List.of() : List.copyOf(property.getValues());
    }
}
