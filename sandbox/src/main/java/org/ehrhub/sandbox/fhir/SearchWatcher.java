package org.ehrhub.sandbox.fhir;

import java.util.Map;

/** Part of a site that has to know what is searched for, because something happens the next time a client looks. */
@FunctionalInterface
public interface SearchWatcher {
    /** Called before a search of its type is done, on the request's thread, with the parameters as they were asked. */
    void searching(Map<String, String[]> asked);
}
