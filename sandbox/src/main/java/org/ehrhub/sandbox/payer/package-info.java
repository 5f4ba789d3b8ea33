/** The payer behind the sandbox: whether coverage is in force, prior authorisation and claims. */
@NullMarked
package org.ehrhub.sandbox.payer;

import org.jspecify.annotations.NullMarked;
