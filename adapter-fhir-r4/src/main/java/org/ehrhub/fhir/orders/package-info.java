/** Orders and referrals on a FHIR R4 server. */
@NullMarked
package org.ehrhub.fhir.orders;

import org.jspecify.annotations.NullMarked;
