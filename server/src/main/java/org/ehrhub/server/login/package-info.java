/**
 * Login over HTTP: the hub as an OAuth 2.1 resource server. Tokens and proofs are checked by Spring Security; nothing here
 * runs in a hub without configured issuers.
 */
@NullMarked
package org.ehrhub.server.login;

import org.jspecify.annotations.NullMarked;
