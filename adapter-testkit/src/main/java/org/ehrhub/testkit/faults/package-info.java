/** What can be wrong with an EHR, and a proxy that makes it so for any server that speaks FHIR over HTTP. */
@NullMarked
package org.ehrhub.testkit.faults;

import org.jspecify.annotations.NullMarked;
