/** The hub put together: its EHRs, its data directory, its routes, and the web server in front of them. */
@NullMarked
package org.ehrhub.server;

import org.jspecify.annotations.NullMarked;
