package org.ehrhub.tools.search;

import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.CanonicalTool.Read;

/** The pair search and fetch. */
public final class SearchTools {
    /** Finds patients and documents. */
    public static final Listing<Search, Hit> SEARCH = new Listing<>("search", Search.class, Hit.class);
    /** Reads what search found. */
    public static final Read<Fetch, Fetched> FETCH = new Read<>("fetch", Fetch.class, Fetched.class);

    private SearchTools() {}
}
