/** How much callers and EHRs may be given: pace, places, retries and a day's writes and rows. */
@NullMarked
package org.ehrhub.routes.limits;

import org.jspecify.annotations.NullMarked;
