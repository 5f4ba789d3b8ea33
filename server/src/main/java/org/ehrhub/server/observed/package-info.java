/** What can be seen of a running hub from outside: metrics and traces, of tools, EHRs and codes only. */
@NullMarked
package org.ehrhub.server.observed;

import org.jspecify.annotations.NullMarked;
