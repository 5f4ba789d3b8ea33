/** The journal of messages as tables that several hubs may share. */
@NullMarked
package org.ehrhub.store.journal;

import org.jspecify.annotations.NullMarked;
