/** The two tools that connectors of ChatGPT ask for by name. */
@NullMarked
package org.ehrhub.tools.search;

import org.jspecify.annotations.NullMarked;
