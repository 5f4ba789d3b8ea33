package org.ehrhub.server.mcp;

import org.ehrhub.tools.CanonicalTool;

/** How tools are named in {@code tools/list}; a call may use either form. */
public enum ToolNames {
    /** {@code patient_get}: several clients refuse every tool when one name has a dot. */
    UNDERSCORE,
    /** {@code patient.get}, as in the contracts. */
    DOTTED;

    String of(CanonicalTool<?, ?> tool) {
        return this == DOTTED ? tool.name() : tool.wireName();
    }
}
