/** The wire to one FHIR R4 server: connections, login, searches and their pages, and what its failures mean. */
@NullMarked
package org.ehrhub.fhir.client;

import org.jspecify.annotations.NullMarked;
