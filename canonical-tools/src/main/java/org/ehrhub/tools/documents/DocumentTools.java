package org.ehrhub.tools.documents;

import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.CanonicalTool.Read;
import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about documents. */
public final class DocumentTools {
    /** Finds documents. */
    public static final Listing<DocumentSearch, Document> SEARCH =
            new Listing<>("document.search", DocumentSearch.class, Document.class);
    /** Reads a document's text. */
    public static final Read<DocumentGet, DocumentText> GET =
            new Read<>("document.get", DocumentGet.class, DocumentText.class);
    /** Drafts a note. */
    public static final Write<NoteDraft, Document> DRAFT_NOTE =
            new Write<>("note.draft", NoteDraft.class, Document.class, Risk.DRAFT);

    private DocumentTools() {}
}
