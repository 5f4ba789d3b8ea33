/**
 * What an EHR adapter is. A new kind of EHR implements {@link org.ehrhub.adapters.EhrAdapterFactory}, names it in
 * {@code META-INF/services}, and registers a handler for each tool it supports; nothing else says what it can do.
 */
@NullMarked
package org.ehrhub.adapters;

import org.jspecify.annotations.NullMarked;
