/** The EHRs behind the hub. */
@NullMarked
package org.ehrhub.tools.ehrs;

import org.jspecify.annotations.NullMarked;
